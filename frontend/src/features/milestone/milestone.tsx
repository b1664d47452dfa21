import { useState } from 'preact/hooks';
import type { MilestoneKind } from '../../api/library';
import type { Person } from '../../api/person';
import { dayWords, today, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { useMilestoneKinds } from '../../store/library';
import { counts, localRecords } from '../../sync/outbox';
import { useDraft, type NewRecord } from '../../sync/recording';
import { correctionHref, useRecordForm, type RecordForm } from '../../sync/record-form';
import { LinkButton } from '../../ui/button';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';
import { OutboxSays } from '../../ui/recorded';
import { RecordScreen } from '../../ui/record-screen';
import { KindList } from './kind-list';
import { dueFirst } from './kinds';
import { ProofFields } from './proof-fields';
import { enoughWords, NO_PROOFS, proofRecords, type ProofsDraft } from './proofs';
import { RecordedToday } from './recorded-today';

interface MilestoneDraft {
  kind: string;
  occurred_on: Day | '';
  description: string;
}

const EMPTY: MilestoneDraft = { kind: '', occurred_on: '', description: '' };

function milestoneErrors(value: MilestoneDraft): FormError[] {
  const errors: FormError[] = [];
  if (value.kind === '') errors.push({ field: 'kind', message: t('milestone.kind-missing') });
  if (value.occurred_on === '') errors.push({ field: 'occurred_on', message: t('milestone.day-missing') });
  return errors;
}

/** Under a minute: what happened, when, and what shows it. */
export default function Milestone() {
  const library = useMilestoneKinds();
  const kinds = library.items ?? [];
  const titleOf = (code: string) => kinds.find(kind => kind.code === code)?.title ?? code;
  const [refused, setRefused] = useState<string | null>(null);
  const form = useRecordForm<MilestoneDraft>({
    name: 'milestone',
    action: 'milestone',
    empty: { ...EMPTY, occurred_on: today() },
    check: milestoneErrors,
    // The server wants words; who writes none says what the kind says.
    bodyOf: value => ({ kind: value.kind, occurred_on: value.occurred_on, description: value.description.trim() || titleOf(value.kind) }),
    fromBody: body => ({
      kind: String(body['kind'] ?? ''),
      occurred_on: body['occurred_on'] as Day,
      description: String(body['description'] ?? ''),
    }),
    wordsOf: value => titleOf(value.kind).toLowerCase(),
    withIt: (recordId, _value, person): Promise<NewRecord[]> => proofRecords(recordId, person.enrolment_id, person.short_name, proofs.value),
    afterwards: (): Promise<void> => proofs.clear(),
  }, t('ui.correct-missing'));
  const proofs = useDraft<ProofsDraft>(`milestone-proofs:${form.enrolmentId}`, NO_PROOFS);
  const kind = kinds.find(candidate => candidate.code === form.value.kind);
  const hasProof = proofs.value.proofs.length > 0;
  return (
    <RecordScreen
      form={form}
      title={t('milestone.title')}
      submit={t('milestone.submit')}
      done={t('milestone.done')}
      another={t('milestone.another')}
      next={form.saved && <LinkButton second href={`/people/${form.enrolmentId}/records/${form.saved.id}/evidence`}>{t('milestone.add-evidence')}</LinkButton>}
      says={<OutboxSays counts={counts.value} note={t(form.isKept ? 'ui.saved-as-you-go' : 'ui.not-kept')} />}
    >
      {library.failure && !library.items && <NotificationBanner><p>{library.failure}</p></NotificationBanner>}
      {form.person && <Unproved person={form.person} />}
      <What form={form} kinds={kinds} kind={kind} />
      {form.corrects
        ? null
        : (
          <section class="step" aria-labelledby="shows">
            <h2 id="shows">{t('milestone.shows')}</h2>
            {kind
              ? (
                <>
                  <p>{hasProof ? t('milestone.has-proof') : t('milestone.enough', { kinds: enoughWords(kind.counts) })}</p>
                  <ProofFields taken={kind} name={form.person?.first_name ?? ''} draft={proofs.value} onChange={proofs.set} error={refused ?? undefined} onRefused={setRefused} />
                </>
              )
              : <p class="soft">{t('milestone.choose-first')}</p>}
          </section>
        )}
      <RecordedToday
        records={localRecords.value}
        correctHref={record => correctionHref('milestone', record.about.enrolment_id ?? '', record.id, record.state)}
      />
    </RecordScreen>
  );
}

function What({ form, kinds, kind }: { form: RecordForm<MilestoneDraft>; kinds: readonly MilestoneKind[]; kind: MilestoneKind | undefined }) {
  const { value, set, errors, person } = form;
  return (
    <>
      <section class="step" aria-labelledby="what">
        <h2 id="what">{t('milestone.what')}</h2>
        <KindList
          kinds={dueFirst(kinds, person?.records ?? [])}
          chosen={value.kind}
          error={errorAt(errors, 'kind')}
          onChoose={code => set({ kind: code })}
        />
        {kind && <p class="soft">{kind.description}</p>}
      </section>
      <div class="step">
        <DateInput
          name="occurred_on"
          label={t('milestone.when')}
          value={value.occurred_on}
          onInput={occurred_on => set({ occurred_on })}
          error={errorAt(errors, 'occurred_on')}
        />
      </div>
      <TextArea
        name="description"
        label={t('milestone.description')}
        optional
        rows={2}
        maxLength={4000}
        value={value.description}
        onInput={description => set({ description })}
      />
    </>
  );
}

function Unproved({ person }: { person: Person }) {
  const missing = person.needed.filter(needed => needed.code === 'evidence-missing');
  if (missing.length === 0) return null;
  return (
    <Section title={t('milestone.unproved')} count={missing.length}>
      <ul class="rows">
        {missing.map(({ record_id: recordId, title, occurred_on: day }) => (
          <li class="item" key={recordId}>
            <div>
              <h3>{title}</h3>
              {day && <p>{dayWords(day)}</p>}
            </div>
            <div class="item__side">
              <LinkButton
                second
                href={`/people/${person.enrolment_id}/records/${recordId}/evidence`}
                label={t('milestone.add-evidence-to', { title: title ?? '' })}
              >
                {t('milestone.add-evidence')}
              </LinkButton>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
