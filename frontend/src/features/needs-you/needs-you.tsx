import { useEffect, useState } from 'preact/hooks';
import { dayWords, momentWords, type Day } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { fieldWords, problemWords } from '../../lib/problems';
import type { Problem } from '../../lib/result';
import { usePerson } from '../../store/person';
import { readReturned, returnedFailure, returnedRecords, type ReturnedRecord } from '../../store/returned';
import { newestOf, textsIn, type Said } from '../../sync/record-form';
import { giveUp, localRecords, sendAgain, type LocalRecord } from '../../sync/outbox';
import { announce } from '../../ui/announce';
import { LinkButton, QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';

/** What was sent back by a verifier, and what was not taken from this device: why, and what to do. */
export default function NeedsYou() {
  useEffect(() => void readReturned(), []);
  const returned = returnedRecords.value;
  const refused = localRecords.value.filter(record => record.state === 'needs');
  const failure = returnedFailure.value;
  const isEmpty = returned?.length === 0 && refused.length === 0;
  return (
    <Page title={t('needs-you.title')} kind="day" lead={returned ? t('needs-you.lead', { count: returned.length + refused.length }) : undefined}>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {!returned && !failure && <p class="soft">{t('ui.loading')}</p>}
      {isEmpty && (
        <EmptyState title={t('needs-you.empty')} act={<LinkButton second href="/people">{t('needs-you.empty-act')}</LinkButton>}>
          {t('needs-you.empty-words')}
        </EmptyState>
      )}
      {refused.length > 0 && (
        <Section title={t('needs-you.refused')} says={t('needs-you.refused-says')} count={refused.length}>
          <Rows>{refused.map(record => <Refused key={record.id} record={record} />)}</Rows>
        </Section>
      )}
      {returned && returned.length > 0 && (
        <Section title={t('needs-you.returned')} says={t('needs-you.returned-says')} count={returned.length}>
          <Rows>{returned.map(item => <Returned key={item.needed.record_id} item={item} />)}</Rows>
        </Section>
      )}
    </Page>
  );
}

function Returned({ item: { person, needed } }: { item: ReturnedRecord }) {
  const words = needed.title ?? phraseFor('needs-you', `kind-${needed.kind}`) ?? '';
  const about = `${person.short_name}: ${words}`;
  const at = `/people/${person.enrolment_id}/records/${needed.record_id}`;
  const wantsEvidence = needed.reason?.startsWith('evidence') || needed.reason === 'does-not-show-it';
  const evidence = <LinkButton second={!wantsEvidence} href={`${at}/evidence`} label={t('needs-you.evidence-of', { about })}>{t('needs-you.evidence')}</LinkButton>;
  const correct = <LinkButton second={wantsEvidence} href={`${at}/correct`} label={t('needs-you.correct-of', { about })}>{t('ui.correct')}</LinkButton>;
  return (
    <Row
      needs
      title={about}
      href={`/people/${person.enrolment_id}`}
      acts={wantsEvidence ? <>{evidence}{correct}</> : <>{correct}{evidence}</>}
    >
      <p><strong>{reasonWords(needed.reason)}</strong></p>
      {needed.words && <p>{needed.by && `${needed.by}: `}<q>{needed.words}</q></p>}
      {needed.occurred_on && <p>{dayWords(needed.occurred_on)}</p>}
    </Row>
  );
}

function reasonWords(reason: string | null): string {
  return phraseFor('needs-you', `reason-${reason ?? 'other'}`) ?? t('needs-you.reason-other');
}

/** Refused for whom it is about or who sent it, not for what it says: that may have been put right elsewhere. */
function mayGoAgain({ refusal }: LocalRecord): boolean {
  return refusal?.status === 403 || refusal?.status === 404 || ['not-found', 'not-allowed'].includes(refusal?.code ?? '');
}

/** What is wrong in it, field by field; else why it cannot stand as a whole. */
function whyNotTaken(refusal: Problem): string[] {
  if (refusal.errors?.length) return refusal.errors.map(fieldWords);
  return [phraseFor('needs-you', `why-${refusal.code}`) ?? problemWords(refusal)];
}

/** Which version of a record stands in the way of this one: both are kept, for its author to look at. */
function versionInConflict({ id, body, refusal }: LocalRecord): string | null {
  if (refusal?.code === 'record-conflict') return id;
  return refusal?.code === 'record-superseded' ? ((body as { supersedes_id?: string }).supersedes_id ?? null) : null;
}

/** Its day and its words; a sitting's stay covered until both have rated. */
function WhatItSays({ name, said }: { name: string | null; said: Said }) {
  const day = said['occurred_on'] as Day | undefined;
  const texts = textsIn(said);
  if (!day && texts.length === 0) return null;
  return (
    <p>
      {name && <>{name}: </>}{day && dayWords(day)}{day && texts.length > 0 && '. '}
      {texts.map((text, place) => <span key={place}>{place > 0 && ' '}<q>{text}</q></span>)}
    </p>
  );
}

/** What stands instead of it, as the server has it now. */
function WhatStands({ enrolmentId, version }: { enrolmentId: string; version: string }) {
  const { person } = usePerson(enrolmentId);
  const standing = person?.records.find(({ id }) => id === newestOf(person, version));
  return standing ? <WhatItSays name={t('needs-you.stands')} said={{ ...standing.body, occurred_on: standing.occurred_on }} /> : null;
}

function Refused({ record }: { record: LocalRecord }) {
  const [asking, setAsking] = useState(false);
  const { enrolment_id: enrolmentId, record_id: subjectId, words } = record.about;
  const again = subjectId && record.action === 'evidence'
    ? `/people/${enrolmentId}/records/${subjectId}/evidence`
    : `/people/${enrolmentId}/records/${record.id}/correct`;
  const stood = versionInConflict(record);
  return (
    <Row
      needs
      title={words}
      acts={
        <>
          {enrolmentId && <LinkButton href={again} label={t('needs-you.again-of', { about: words })}>{t('needs-you.again')}</LinkButton>}
          {mayGoAgain(record) && <QuietButton label={t('needs-you.as-it-is-of', { about: words })} onClick={() => void sendAgain(record.id)}>{t('needs-you.as-it-is')}</QuietButton>}
          <QuietButton label={t('needs-you.give-up-of', { about: words })} onClick={() => setAsking(true)}>{t('needs-you.give-up')}</QuietButton>
        </>
      }
    >
      {record.refusal && whyNotTaken(record.refusal).map(why => <p key={why}><strong>{why}</strong></p>)}
      <WhatItSays name={stood ? t('needs-you.yours') : null} said={record.action === 'assessment' ? {} : ((record.body ?? {}) as Said)} />
      {stood && enrolmentId && <WhatStands enrolmentId={enrolmentId} version={stood} />}
      <p>{t('needs-you.recorded', { at: momentWords(record.recorded_at) })}</p>
      <Confirm
        open={asking}
        title={t('needs-you.give-up-question', { about: words })}
        confirm={t('needs-you.give-up')}
        onConfirm={() => {
          setAsking(false);
          void giveUp(record.id).then(() => announce(t('needs-you.given-up')));
        }}
        onClose={() => setAsking(false)}
      >
        <p>{t('needs-you.give-up-then')}</p>
      </Confirm>
    </Row>
  );
}
