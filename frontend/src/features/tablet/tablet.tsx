import { useEffect, useState } from 'preact/hooks';
import { momentWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { draftMarks, dropDraft } from '../../store/drafts';
import { keptUntil } from '../../store/expiry';
import { keptJourney } from '../../store/kept';
import { currentStore, hasKey, holdsRole, isRevoked } from '../../store/session';
import { forgetWords } from '../../store/unlocking';
import { loadingProgress, readyAt, refreshHoldings } from '../../sync/holdings';
import { checkReady, isReady, notReady, type NotReady } from '../../sync/ready';
import { Button, LinkButton, QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { Page, Section } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { Row, Rows } from '../../ui/rows';
import { Tag } from '../../ui/state-word';
import { beganAt, type Begun } from './begun';
import { RecordedSection } from './recorded-section';
import { RescueSection } from './rescue';

/** This tablet: whether it is ready for a place without signal and why not, what was begun on it, how it is locked. */
export default function Tablet() {
  useEffect(() => void look(), []);
  const set = hasKey.value;
  return (
    <Page title={t('tablet.title')} lead={t('tablet.lead')} kind="day" primary={set || isRevoked.value ? undefined : <LinkButton href="/tablet/set-up">{t('tablet.set-up')}</LinkButton>}>
      {holdsRole('worker') && <Readiness />}
      <BegunHere />
      <RecordedSection />
      <RescueSection />
      {set && <LockSection />}
    </Page>
  );
}

async function look(): Promise<void> {
  const store = currentStore();
  await checkReady(store);
  if (!holdsRole('worker')) return;
  await refreshHoldings(store);
  await checkReady(store);
}

function Readiness() {
  const loading = loadingProgress.value;
  const missing = notReady.value;
  const until = keptUntil.value;
  return (
    <Section title={t('tablet.ready-title')}>
      {loading && <Progress label={t('tablet.loading')} done={loading.done} total={loading.total} />}
      {isReady.value && readyAt.value && <p><Tag tone="received" icon="received">{t('tablet.ready', { at: momentWords(readyAt.value) })}</Tag></p>}
      {isReady.value && until && <p class="soft">{t('tablet.kept-until', { at: momentWords(until) })}</p>}
      {missing && missing.length > 0 && (
        <>
          <p><Tag tone="needs" icon="needs">{t('tablet.not-ready')}</Tag></p>
          <ul class="reasons">{missing.map(reason => <li key={reason.code}>{reasonWords(reason)}</li>)}</ul>
          <div class="acts">
            <Button second onClick={() => void askAndLook()}>{t('tablet.look-again')}</Button>
          </div>
        </>
      )}
    </Section>
  );
}

/** A browser may grant lasting storage only when the person has asked. */
async function askAndLook(): Promise<void> {
  await navigator.storage?.persist?.();
  await look();
}

function reasonWords(reason: NotReady): string {
  return reason.code === 'journeys' ? t('tablet.why-journeys', { count: reason.count }) : t(`tablet.why-${reason.code}`);
}

/** What was begun and not recorded: where it can be gone on with. */
function BegunHere() {
  const [begun, setBegun] = useState<Begun[]>([]);
  const read = async () => {
    const store = currentStore();
    const found: Begun[] = [];
    for (const mark of await draftMarks(store)) {
      const at = beganAt(mark);
      if (!at) continue;
      const kept = await keptJourney(store, at.enrolmentId);
      const { person } = (kept?.journey ?? {}) as { person?: { short_name: string } };
      found.push({ ...at, name: person?.short_name ?? '' });
    }
    setBegun(found);
  };
  useEffect(() => void read(), []);
  if (begun.length === 0) return null;
  return (
    <Section title={t('tablet.begun')} says={t('tablet.begun-says')} count={begun.length}>
      <Rows>
        {begun.map(one => (
          <Row
            key={one.key}
            title={t('tablet.begun-of', { name: one.name, what: t(`tablet.form-${one.form}`) })}
            href={one.href}
            side={<QuietButton label={t('tablet.drop-of', { name: one.name })} onClick={() => void dropDraft(currentStore(), one.key).then(read)}>{t('tablet.drop')}</QuietButton>}
          >
            <p>{momentWords(one.saved_at)}</p>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}

function LockSection() {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <Section title={t('tablet.locks-title')}>
      <p class="section-lead">{t('tablet.locks-lead')}</p>
      <div class="acts">
        <LinkButton second href="/tablet/words">{t('tablet.change-words')}</LinkButton>
        <Button second onClick={() => setAsking(true)}>{t('tablet.forget')}</Button>
      </div>
      <Confirm
        open={asking} title={t('tablet.forget-question')} confirm={t('tablet.forget')}
        onConfirm={() => void forgetWords().then(answer => setFailure(failureWords(answer)))} onClose={() => setAsking(false)}
      >
        <p>{t('tablet.forget-then')}</p>
        {failure && <p class="govuk-error-message" role="alert">{failure}</p>}
      </Confirm>
    </Section>
  );
}
