import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type SignaturePad from 'signature_pad';
import { t } from '../lib/i18n';
import type { Signature } from '../lib/signature';
import { Button, QuietButton } from './button';
import { Checkboxes } from './choices';
import { Dialog } from './dialog';
import { Preview } from './file-picker';
import { Icon } from './icon';
import { TextInput } from './inputs';

const INK = '#0b0c0c';
const PAPER = '#ffffff';

export interface SignatureFieldProps {
  /** Who signs. */
  name: string;
  value: Signature | null;
  onChange: (signature: Signature | null) => void;
}

/** A place to sign: a button, then what was signed. Load the words of `signature`. */
export function SignatureField({ name, value, onChange }: SignatureFieldProps) {
  const [open, setOpen] = useState(false);
  const picture = useMemo(
    () => (value?.bytes ? new File([value.bytes], 'signature.png', { type: 'image/png' }) : null),
    [value?.bytes],
  );
  return (
    <>
      {value
        ? (
          <div class="proof">
            {picture ? <Preview file={picture} isWhole /> : <span class="picked__sign"><Icon name="signature" /></span>}
            <strong>{picture ? t('signature.kept') : t('signature.kept-typed', { name: value.name })}</strong>
            <button class="quiet quiet--button proof__act" type="button" onClick={() => onChange(null)}>{t('signature.remove')}</button>
          </div>
        )
        : (
          <div class="kinds">
            <button class="kind" type="button" aria-describedby="signature-hint" onClick={() => setOpen(true)}>
              <Icon name="signature" />
              <span>{t('signature.sign')}<small id="signature-hint">{t('signature.hint')}</small></span>
            </button>
          </div>
        )}
      <SignatureDialog
        open={open}
        name={name}
        onClose={() => setOpen(false)}
        onKeep={signature => {
          setOpen(false);
          onChange(signature);
        }}
      />
    </>
  );
}

interface SignatureDialogProps {
  open: boolean;
  name: string;
  onClose: () => void;
  onKeep: (signature: Signature) => void;
}

interface Paper {
  pad: SignaturePad;
  canvas: HTMLCanvasElement;
}

/** Draw, or type the name and tick: whoever cannot draw confirms as well as anybody. */
function SignatureDialog({ open, name, onClose, onKeep }: SignatureDialogProps) {
  const paper = useRef<Paper | null>(null);
  const [typed, setTyped] = useState('');
  const [ticked, setTicked] = useState<string[]>([]);
  const [error, setError] = useState<string>();
  useEffect(() => {
    setTyped('');
    setTicked([]);
    setError(undefined);
  }, [open]);
  const keep = async () => {
    const { current } = paper;
    if (current && !current.pad.isEmpty()) return onKeep({ bytes: await pngOf(current.canvas), name: '' });
    if (typed.trim() !== '' && ticked.length > 0) return onKeep({ bytes: null, name: typed.trim() });
    setError(t('signature.missing'));
  };
  return (
    <Dialog
      open={open}
      title={t('signature.title', { name })}
      onClose={onClose}
      acts={
        <>
          <Button onClick={() => void keep()}>{t('signature.keep')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <p>{t('signature.says')}</p>
      {error && <p class="govuk-error-message" role="alert">{error}</p>}
      <Pad onReady={made => void (paper.current = made)} />
      <QuietButton onClick={() => paper.current?.pad.clear()}>{t('signature.clear')}</QuietButton>
      <div
        // It stands inside the form of a record, which the Enter key would send.
        onKeyDown={event => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void keep();
        }}
      >
        <p>{t('signature.or-type')}</p>
        <TextInput name="signature-name" label={t('signature.typed')} value={typed} onInput={setTyped} autocomplete="off" maxLength={120} />
        <Checkboxes
          name="signature-tick"
          label={t('signature.tick')}
          hideLabel
          options={[{ value: 'agreed', label: t('signature.tick') }]}
          values={ticked}
          onInput={setTicked}
        />
      </div>
    </Dialog>
  );
}

/** The paper: what draws on it is fetched when it is first opened. */
function Pad({ onReady }: { onReady: (paper: Paper | null) => void }) {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = place.current;
    let made: SignaturePad | null = null;
    let gone = false;
    const fit = () => {
      if (!canvas || !made) return;
      const drawn = made.toData();
      const ratio = Math.max(window.devicePixelRatio, 1);
      canvas.width = canvas.offsetWidth * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext('2d')?.scale(ratio, ratio);
      made.fromData(drawn);
    };
    void import('signature_pad').then(({ default: Made }) => {
      if (gone || !canvas) return;
      made = new Made(canvas, { penColor: INK, backgroundColor: PAPER });
      fit();
      onReady({ pad: made, canvas });
    });
    window.addEventListener('resize', fit);
    return () => {
      gone = true;
      window.removeEventListener('resize', fit);
      made?.off();
      onReady(null);
    };
  }, []);
  return <canvas class="signature" ref={place} role="img" aria-label={t('signature.canvas')} />;
}

function pngOf(canvas: HTMLCanvasElement): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob.arrayBuffer()) : reject(new Error('No picture was made'))), 'image/png');
  });
}
