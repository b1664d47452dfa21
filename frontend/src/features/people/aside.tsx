import type { Journey, JourneyTask } from '../../api/people';
import { dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { holdsRole } from '../../store/session';
import { LinkButton } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { Section } from '../../ui/page';

/** What is still needed, as plain tasks; for who records, with the way to do it. */
export function Needed({ journey }: { journey: Journey }) {
  if (journey.needed.length === 0) {
    return <Section title={t('journey.needed')}><p class="section-lead">{t('journey.nothing-needed')}</p><Earned journey={journey} /></Section>;
  }
  return (
    <Section title={t('journey.needed')} count={journey.needed.length}>
      <ul class="tasks">
        {journey.needed.map((task, index) => <Task key={index} task={task} journey={journey} />)}
      </ul>
      <Earned journey={journey} />
    </Section>
  );
}

/** Conditions and money stand on a page of their own: for a manager, and not where they rate the person themselves. */
function Earned({ journey }: { journey: Journey }) {
  if (!holdsRole('manager') || journey.relation === 'worker') return null;
  return <p class="no-print"><a href={`/people/${journey.enrolment_id}/earned`}>{t('journey.earned')}</a></p>;
}

function Task({ task, journey }: { task: JourneyTask; journey: Journey }) {
  const link = holdsRole('worker', 'manager') ? linkOf(task, journey) : null;
  const about = [
    task.reason ? phraseFor('people', `reason-${task.reason}`) : null,
    task.words ? `“${task.words}”` : null,
    task.due_on ? t('journey.by-day', { day: dayWords(task.due_on) }) : null,
    !task.due_on && task.occurred_on ? t('journey.of-day', { day: dayWords(task.occurred_on) }) : null,
    task.takes.length > 0 ? t('journey.takes', { kinds: task.takes.map(kind => (phraseFor('journey', `evidence-${kind}`) ?? kind).toLowerCase()).join(', ') }) : null,
  ].filter(Boolean);
  return (
    <li>
      <Icon name="box" />
      <div><strong>{t(`journey.task-${task.code}`, { title: task.title ?? phraseFor('journey', `kind-${task.kind}`) ?? '', name: journey.person.first_name })}</strong></div>
      {about.length > 0 && <p>{about.join('. ')}</p>}
      {link && <LinkButton second href={link}>{t(`journey.do-${task.code}`)}</LinkButton>}
    </li>
  );
}

/** Where a task is done. */
function linkOf(task: JourneyTask, { enrolment_id, relation }: Journey): string | null {
  const person = `/people/${enrolment_id}`;
  const links: Record<JourneyTask['code'], string | null> = {
    returned: '/needs-you',
    'worker-rating': `${person}/rate/${task.sitting_id ?? ''}`,
    'participant-rating': `${person}/rate/${task.sitting_id ?? ''}`,
    // Blind, and independent: who oversees has seen the other answers, the key worker has given them.
    'second-rating': relation === 'provider' && !holdsRole('manager') ? `${person}/second-rater/${task.sitting_id ?? ''}` : null,
    'evidence-missing': `${person}/records/${task.record_id ?? ''}/evidence`,
    'answer-referral': '/referrals',
    'give-notice': `${person}/start`,
    start: `${person}/start`,
    baseline: `${person}/rate`,
    'second-baseline': `${person}/rate`,
    review: `${person}/rate`,
    plan: `${person}/plan`,
  };
  return links[task.code] ?? null;
}

/** The action plan that counts: who does what by when. */
export function Plan({ journey }: { journey: Journey }) {
  const { plan, person, enrolment } = journey;
  if (!plan) return null;
  const owners = { participant: person.first_name, worker: enrolment.worker ?? t('journey.worker'), adviser: enrolment.adviser ?? t('journey.adviser'), other: t('journey.other') };
  return (
    <Section title={t('journey.plan')} says={t('journey.agreed', { day: dayWords(plan.agreed_on) })}>
      {plan.goal && <p class="section-lead"><b>{t('journey.goal')}</b> {plan.goal}</p>}
      <ul class="tasks">
        {plan.steps.map(step => (
          <li key={step.key} class={step.done_on ? 'is-done' : undefined}>
            <Icon name={step.done_on ? 'tick' : 'box'} />
            <div>{step.words}</div>
            <p><b>{owners[step.owner]}</b>, {step.done_on ? t('journey.done-on', { day: dayWords(step.done_on) }) : t('journey.by', { day: dayWords(step.due_on) })}</p>
          </li>
        ))}
      </ul>
      <p class="section-lead soft">{t('journey.plan-review', { day: dayWords(plan.review_on) })}</p>
    </Section>
  );
}

/** What is arranged for somebody, apart from records: for whoever works with them, more of it for a manager. */
export function Arrangements({ journey }: { journey: Journey }) {
  const person = `/people/${journey.enrolment_id}`;
  const isManager = holdsRole('manager');
  return (
    <div class="no-print">
      <Section title={t('journey.arrangements')}>
        <ul class="leads">
          <li><a href={`${person}/details`}>{t('journey.details')}</a></li>
          {isManager && <li><a href={`${person}/arrange`}>{t('people.arrange')}</a></li>}
          {isManager && <li><a href={`${person}/who-sees`}>{t('journey.who-sees')}</a></li>}
          {isManager && <li><a href={`${person}/same-person`}>{t('journey.same-person')}</a></li>}
        </ul>
      </Section>
    </div>
  );
}
