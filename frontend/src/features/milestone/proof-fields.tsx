import { useMemo } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { currentStore } from '../../store/session';
import { hasRoomFor } from '../../store/space';
import { Icon, type IconName } from '../../ui/icon';
import { FILE_KINDS, fileRefusal } from '../../ui/file-rules';
import { Preview } from '../../ui/file-picker';
import { TextArea } from '../../ui/inputs';
import { SignatureField } from '../../ui/signature';
import { StateWord } from '../../ui/state-word';
import { CONFIRMATION, kindWords, OBSERVATION, proofOf, type Proof, type ProofsDraft, type Taken } from './proofs';

const ICONS: Record<string, IconName> = {
  certificate: 'file', photo: 'camera', 'third-party-letter': 'letter', 'employer-confirmation': 'employer',
  [CONFIRMATION]: 'person', [OBSERVATION]: 'eye',
};

export interface ProofFieldsProps {
  /** What is enough, what only helps, and a few words beside each. */
  taken: Taken;
  /** Whose record it is. */
  name: string;
  draft: ProofsDraft;
  onChange: (change: Partial<ProofsDraft>) => void;
  /** Why a file could not be taken, in words. */
  error?: string | undefined;
  onRefused: (words: string | null) => void;
}

/** What shows it: what was added, then the kinds that count and those that only help. */
export function ProofFields({ taken, name, draft, onChange, error, onRefused }: ProofFieldsProps) {
  const add = async (files: FileList | null, kind: string, wasTaken: boolean) => {
    const chosen = Array.from(files ?? []);
    const refused = chosen.map(fileRefusal).find(words => words !== null) ?? null;
    onRefused(refused);
    const good = chosen.filter(file => fileRefusal(file) === null);
    if (good.length === 0) return;
    if (!(await hasRoomFor(currentStore(), good.reduce((sum, file) => sum + file.size, 0)))) return onRefused(t('milestone.no-room'));
    const fresh = await Promise.all(good.map(file => proofOf(file, kind, wasTaken)));
    onChange({ proofs: [...draft.proofs, ...fresh] });
  };
  const documents = (kinds: string[]) => kinds.filter(kind => kind !== OBSERVATION);
  const camera = documents(taken.counts)[0];
  return (
    <>
      {error && <p class="govuk-error-message" id="proof-error" role="alert">{error}</p>}
      {draft.proofs.length > 0 && (
        <ul class="proofs" aria-label={t('milestone.added')}>
          {draft.proofs.map(proof => (
            <li key={proof.key}>
              <ProofCard
                proof={proof}
                onChange={part => onChange({ proofs: draft.proofs.map(other => (other.key === proof.key ? { ...other, ...part } : other)) })}
                onRemove={() => onChange({ proofs: draft.proofs.filter(other => other.key !== proof.key) })}
              />
            </li>
          ))}
        </ul>
      )}
      <h3 class="kinds__head" id="counts">{t('milestone.counts')}</h3>
      <div class="kinds" role="group" aria-labelledby="counts">
        {camera && <Tile id="camera" icon="camera" words={t('milestone.camera')} hint={kindWords(camera)} capture onFiles={files => void add(files, camera, true)} />}
        {documents(taken.counts).map(kind => (
          <Tile key={kind} id={kind} icon={ICONS[kind] ?? 'file'} words={kindWords(kind)} hint={taken.hints[kind]} onFiles={files => void add(files, kind, false)} />
        ))}
      </div>
      {documents(taken.helps).length > 0 && (
        <>
          <h3 class="kinds__head" id="helps">{t('milestone.helps')}</h3>
          <div class="kinds" role="group" aria-labelledby="helps">
            {documents(taken.helps).map(kind => (
              <Tile key={kind} id={kind} icon={ICONS[kind] ?? 'file'} words={kindWords(kind)} hint={taken.hints[kind]} onFiles={files => void add(files, kind, false)} />
            ))}
          </div>
        </>
      )}
      {taken.isSigned !== false && [...taken.counts, ...taken.helps].includes(CONFIRMATION) && (
        <div class="signing">
          <SignatureField name={name} value={draft.signature} onChange={signature => onChange({ signature })} />
        </div>
      )}
      <div class="observation">
        <TextArea
          name="observation"
          label={t('milestone.observation')}
          hint={t('milestone.observation-hint')}
          optional
          rows={2}
          maxLength={4000}
          value={draft.observation}
          onInput={observation => onChange({ observation })}
        />
      </div>
    </>
  );
}

interface TileProps {
  id: string;
  icon: IconName;
  words: string;
  hint?: string | undefined;
  capture?: boolean;
  onFiles: (files: FileList | null) => void;
}

/** A kind of evidence as a button that opens the camera, or the device's own choice of camera and files. */
function Tile({ id, icon, words, hint, capture, onFiles }: TileProps) {
  const own = `proof-${id}`;
  return (
    <div class="kind pick-file">
      <input
        class="pick-file__input"
        type="file"
        id={own}
        accept={capture ? 'image/*' : FILE_KINDS.join(',')}
        capture={capture ? 'environment' : undefined}
        multiple={!capture}
        aria-describedby={hint ? `${own}-hint` : undefined}
        onChange={event => {
          onFiles(event.currentTarget.files);
          event.currentTarget.value = ''; // the same file may be chosen again after it was removed
        }}
      />
      <Icon name={icon} />
      <span><label for={own}>{words}</label>{hint && <small id={`${own}-hint`}>{hint}</small>}</span>
    </div>
  );
}

function ProofCard({ proof, onChange, onRemove }: { proof: Proof; onChange: (part: Partial<Proof>) => void; onRemove: () => void }) {
  const file = useMemo(() => new File([proof.bytes], proof.name, { type: proof.type }), [proof.bytes]);
  const dated = `dated-${proof.key}`;
  return (
    <div class="proof">
      <Preview file={file} />
      <div>
        <div class="proof__head"><strong>{kindWords(proof.kind)}</strong><StateWord state="saved" /></div>
        <p class="picked__name soft">{proof.name}</p>
        <label class="proof__date" for={dated}>
          {t('milestone.dated')}
          <input class="govuk-input date-picker" type="date" id={dated} value={proof.dated_on} onInput={event => onChange({ dated_on: event.currentTarget.value })} />
        </label>
      </div>
      <button class="quiet quiet--button proof__act" type="button" onClick={onRemove}>{t('ui.remove-file', { name: proof.name })}</button>
    </div>
  );
}
