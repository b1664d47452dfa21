import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { useMilestoneKinds } from '../../store/library';
import { unkept } from '../../store/space';
import { usePerson } from '../../store/person';
import { localRecords } from '../../sync/outbox';
import { saidIn, useDraft, writeRecords } from '../../sync/recording';
import { Button, LinkButton } from '../../ui/button';
import { Note } from '../../ui/texts';
import { RecordPage, Saved } from '../../ui/record-page';
import { ProofFields } from './proof-fields';
import { enoughWords, NO_PROOFS, proofRecords, takenBy, takenByRating, type ProofsDraft } from './proofs';

/** Add what shows something that was recorded before. */
export default function Evidence() {
  const { params } = useRoute();
  const [enrolmentId, recordId] = [params['id'] ?? '', params['recordId'] ?? ''];
  const { person, failure } = usePerson(enrolmentId);
  const library = useMilestoneKinds();
  const proofs = useDraft<ProofsDraft>(`proofs:${recordId}`, NO_PROOFS);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);

  const known = person?.records.find(record => record.id === recordId);
  const said = saidIn(recordId, person?.records ?? []);
  const kind = library.items?.find(candidate => candidate.code === said?.['kind']);
  const rated = person?.sittings.find(sitting => sitting.own?.record_id === recordId);
  const title = kind?.title ?? known?.words ?? t('milestone.evidence-record');
  const submit = async (event: Event) => {
    event.preventDefault();
    const { value } = proofs;
    const nothing = value.proofs.length === 0 && !value.signature && value.observation.trim() === '';
    setErrors(nothing ? [{ field: 'proof-camera', message: t('milestone.proof-missing') }] : []);
    if (nothing || !person) return;
    if (busy) return;
    setBusy(true);
    try {
      await writeRecords(await proofRecords(recordId, enrolmentId, person.short_name, value), [`proofs:${recordId}`]);
      setSaved(true);
      await proofs.drop();
    } finally {
      setBusy(false);
    }
  };
  if (saved && person) {
    const items = localRecords.value.filter(record => record.about.record_id === recordId && record.action === 'evidence');
    const state = items.find(item => item.state !== 'received')?.state ?? 'received';
    return (
      <RecordPage key="done" title={t('milestone.evidence-title')} person={person}>
        <Saved title={t('milestone.evidence-done')} state={state}>
          <LinkButton href={`/people/${enrolmentId}`}>{t('ui.back-to', { name: person.short_name })}</LinkButton>
        </Saved>
      </RecordPage>
    );
  }
  return (
    <RecordPage
      key="form"
      title={t('milestone.evidence-title')}
      lead={rated ? t('milestone.evidence-rating', { day: dayWords(rated.occurred_on) }) : known ? t('milestone.evidence-for', { title, day: dayWords(known.occurred_on) }) : title}
      person={proofs.ready ? person : null}
      failure={failure}
      errors={errors}
      says={<p class="hide-phone">{t(unkept.value ? 'ui.not-kept' : 'ui.saved-as-you-go')}</p>}
      primary={<Button big grow type="submit" form="evidence" busy={busy}>{t('milestone.evidence-submit')}</Button>}
    >
      {known?.returned && <Note icon="needs">{t('milestone.returned', { words: known.returned.words ?? known.returned.reason ?? '' })}</Note>}
      <form id="evidence" noValidate onSubmit={event => void submit(event)}>
        <h2>{t('milestone.shows')}</h2>
        {kind && <p>{t('milestone.enough', { kinds: enoughWords(kind.counts) })}</p>}
        <ProofFields
          taken={rated ? takenByRating() : kind ?? takenBy(known?.kind ?? 'milestone')}
          name={person?.first_name ?? ''}
          draft={proofs.value}
          onChange={proofs.set}
          error={refused ?? undefined}
          onRefused={setRefused}
        />
      </form>
    </RecordPage>
  );
}
