import type { ComponentChildren } from 'preact';
import type { HomeRow, HomeSection } from '../../api/home';
import { dayOf, dayWords, monthWords, timeWords, today } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { LinkButton } from '../../ui/button';
import { Row } from '../../ui/rows';
import { Money } from '../../ui/texts';

type View = (row: HomeRow, isNext: boolean) => ComponentChildren;

/** One row of a home page's section; each section reads what it has. */
export function HomeRowView({ code, row, isNext = false }: { code: HomeSection['code']; row: HomeRow; isNext?: boolean }) {
  return <>{VIEWS[code]?.(row, isNext)}</>;
}

const person = (row: HomeRow) => `/people/${row.enrolment_id}`;
const headsUp = (row: HomeRow) => row.heads_up && <p><b>{t('home.heads-up')}</b> {row.heads_up}</p>;

function Today(row: HomeRow, isNext: boolean) {
  return (
    <Row
      title={row.person} href={person(row)} time={row.at ? timeWords(row.at) : undefined} {...(isNext ? { tone: 'next' as const } : {})}
      acts={(['met', 'moved', 'missed', 'tried'] as const).map(outcome => (
        <LinkButton key={outcome} second href={`${person(row)}/contact?outcome=${outcome}`} label={t('home.contact-of', { outcome: t(`home.${outcome}`), name: row.person ?? '' })}>
          {t(`home.${outcome}`)}
        </LinkButton>
      ))}
    >
      {row.due_on && <p>{t('home.review-by', { day: dayWords(row.due_on) })}</p>}
      {headsUp(row)}
    </Row>
  );
}

function Review(row: HomeRow) {
  const sitting = row.is_baseline ? 'baseline' : row.is_second_baseline ? 'second-baseline' : 'review';
  const due = t(`home.${sitting}-by`, { day: dayWords(row.due_on ?? '') });
  const meets = row.at && dayOf(row.at) >= today() ? t('home.you-meet', { day: dayWords(dayOf(row.at)), time: timeWords(row.at) }) : t('home.no-meeting');
  return (
    <Row title={row.person} href={person(row)} side={<LinkButton second href={`${person(row)}/rate`} label={t('home.rate-with', { name: row.person ?? '' })}>{t('home.rate')}</LinkButton>}>
      <p>{due} {meets}</p>
      {headsUp(row)}
    </Row>
  );
}

function Returned(row: HomeRow) {
  const what = row.title ?? phraseFor('journey', `kind-${row.kind}`) ?? '';
  return (
    <Row
      title={t('home.about', { name: row.person ?? '', what })} href={person(row)} needs
      side={<LinkButton second href={`${person(row)}/records/${row.record_id}/correct`} label={t('home.put-right-of', { what, name: row.person ?? '' })}>{t('home.put-right')}</LinkButton>}
    >
      <p>{row.by}: “{row.words ?? phraseFor('people', `reason-${row.code}`)}”</p>
    </Row>
  );
}

function Referral(row: HomeRow) {
  return <Row title={row.person} href="/referrals"><p>{t('people.referred-on', { day: dayWords(row.on ?? '') })}</p>{headsUp(row)}</Row>;
}

function ToVerify(row: HomeRow) {
  const what = row.title ?? phraseFor('journey', `kind-${row.kind}`) ?? '';
  return (
    <Row title={t('home.what-of', { what, name: row.person ?? '' })} href={`/verify?record=${row.record_id}`}>
      <p>{t('home.recorded-by', { name: row.by ?? '', day: dayWords(row.on ?? '') })} {row.due_on && t('home.claim-by', { day: dayWords(row.due_on) })}</p>
    </Row>
  );
}

function Overdue(row: HomeRow) {
  return (
    <Row title={t('home.worker-people', { name: row.title ?? t('home.nobody'), count: row.count ?? 0 })} href="/people">
      <p>{t('home.oldest', { day: dayWords(row.due_on ?? '') })}</p>
    </Row>
  );
}

function Missing(row: HomeRow, href: string) {
  return (
    <Row title={row.title ?? row.code} href={href} side={<span>{t('home.says-blocked', { count: row.count ?? 0 })}</span>}>
      <p>
        {row.contract}. {t('home.who-can', { who: phraseFor('home', `who-${row.who}`) ?? row.who ?? '' })}{' '}
        {row.due_on && t('home.first-closes', { day: dayWords(row.due_on) })}
      </p>
    </Row>
  );
}

function Expected(row: HomeRow) {
  return (
    <Row title={row.on ? monthWords(row.on) : t('home.later')} side={<Money pence={row.provider_share_pence ?? 0} />}>
      <p>{row.contract}. {t('home.lines', { count: row.count ?? 0 })}</p>
    </Row>
  );
}

function Mine(row: HomeRow) {
  const due = dueWords(row);
  return <Row title={row.person} href={person(row)}><p><span class="soft">{row.reference}</span>{due && `. ${due}.`}</p>{headsUp(row)}</Row>;
}

/** What is due of one's own people, in the words of the caseload. */
function dueWords({ code, due_on }: HomeRow): string | null {
  if (code === 'sent-back') return t('people.needs-worker');
  return due_on ? phraseFor('people', due_on < today() ? `${code}-was-due` : `${code}-due`, { day: dayWords(due_on) }) : null;
}

function Since(row: HomeRow) {
  const what = row.title ?? phraseFor('journey', `kind-${row.kind}`) ?? '';
  return (
    <Row title={t('home.about', { name: row.person ?? '', what })} href={person(row)}>
      <p>
        {row.on && dayWords(row.on)}{row.words && <> <q>{row.words}</q></>}
        {row.at && dayOf(row.at) !== row.on && `. ${t('home.received-on', { day: dayWords(dayOf(row.at)) })}`}
      </p>
    </Row>
  );
}

function Claimable(row: HomeRow) {
  return (
    <Row title={`${row.code} ${row.title ?? ''}`} href={`/claims?contract=${row.contract_id}`} side={<Money pence={row.amount_pence ?? 0} />}>
      <p>{row.contract}. {t('home.lines', { count: row.count ?? 0 })}</p>
    </Row>
  );
}

function Claim(row: HomeRow) {
  const state = phraseFor('home', `claim-${row.code}`) ?? row.code ?? '';
  const href = row.claim_id ? `/claims/${row.claim_id}` : `/claims?contract=${row.contract_id}`;
  return (
    <Row title={row.title ?? `${row.contract ?? ''} ${row.on ? monthWords(row.on) : ''}`} href={href} side={row.amount_pence === undefined ? undefined : <Money pence={row.amount_pence} />}>
      <p>
        {state} {row.count !== undefined && t('home.lines', { count: row.count })}{' '}
        {row.undecided_count ? t('home.undecided', { count: row.undecided_count }) : ''}{' '}
        {row.due_on && (row.due_on < today()
          ? <strong>{t('home.submit-late', { day: dayWords(row.due_on) })}</strong>
          : t('home.submit-by', { day: dayWords(row.due_on) }))}
      </p>
    </Row>
  );
}

function AssessedClaim(row: HomeRow) {
  return (
    <Row title={row.title} href={`/assess/${row.claim_id}`} side={<Money pence={row.amount_pence ?? 0} />}>
      <p>{t('home.lines', { count: row.count ?? 0 })} {row.undecided_count ? t('home.undecided', { count: row.undecided_count }) : t('home.all-decided')}</p>
    </Row>
  );
}

function Partner(row: HomeRow) {
  return (
    <Row title={row.title} side={<span>{t('home.of-promised', { actual: row.actual ?? 0, promised: row.promised ?? 0 })}</span>}>
      <p>{row.contract}. {t('home.short-by', { count: Math.max((row.promised ?? 0) - (row.actual ?? 0), 0) })}</p>
    </Row>
  );
}

function Signal(row: HomeRow) {
  return <Row title={phraseFor('signals', `kind-${row.code}`) ?? row.code} href="/signals"><p>{row.contract}.</p></Row>;
}

const VIEWS: Partial<Record<HomeSection['code'], View>> = {
  today: Today, reviews: Review, 'needs-you': Returned, returned: Returned, referrals: Referral, 'to-verify': ToVerify,
  'reviews-overdue': Overdue, blocked: row => Missing(row, '/lines'), incomplete: row => Missing(row, `/claims?contract=${row.contract_id}&tab=incomplete`), expected: Expected, 'my-people': Mine, 'since-monday': Since,
  claimable: Claimable, 'this-month': Claim, 'to-approve': Claim, claims: AssessedClaim, signals: Signal, partners: Partner,
};
