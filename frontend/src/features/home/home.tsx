import type { HomeSection } from '../../api/home';
import { longDayWords, today } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { problemWords } from '../../lib/problems';
import { gone } from '../../store/expiry';
import { holdsRole } from '../../store/session';
import { counts, lastSentAt, localRecords, type LocalRecord } from '../../sync/outbox';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { OutboxSays } from '../../ui/recorded';
import { Row, Rows } from '../../ui/rows';
import { MomentText, Money } from '../../ui/texts';
import { FindPerson } from './find-person';
import { HomeRowView } from './home-row';
import { ReadyNote } from './ready-note';
import { useHome } from './use-home';

/** Where the whole of a section is, for its heading's link. */
const WHOLE: Partial<Record<HomeSection['code'], string>> = {
  'to-verify': '/verify', referrals: '/referrals', 'my-people': '/people', 'needs-you': '/needs-you', claimable: '/claims',
  incomplete: '/claims?tab=incomplete', claims: '/assess', blocked: '/lines', signals: '/signals', people: '/settings/people', 'rate-cards': '/settings/rate-cards',
  instruments: '/settings/instruments',
};

/** Whoever was due within the hour is still the next person. */
const HOUR_MS = 3_600_000;

/** Each role's day, one column: what waits, in the order of the work. */
export default function HomePage() {
  const { home, failure } = useHome();
  const isWorker = holdsRole('worker');
  const refused = localRecords.value.filter(record => record.state === 'needs');
  // What was not taken from this tablet needs them no less than what a verifier sent back.
  const sections = home?.sections.map(section => (section.code === 'needs-you' ? { ...section, count: section.count + refused.length } : section));
  return (
    <Page
      title={longDayWords(today())}
      kind="day"
      lead={sections && leadOf(sections)}
      primary={primaryOf(home?.sections ?? [])}
      says={isWorker ? <OutboxSays counts={counts.value} note={lastSentAt.value ? <>{t('home.last-sent')} <MomentText at={lastSentAt.value} /></> : undefined} /> : undefined}
    >
      {failure && (
        <NotificationBanner>
          <p>{failure}</p>
          {gone.value?.recordUntil && <LinkButton second href="/people">{t('home.by-reference')}</LinkButton>}
        </NotificationBanner>
      )}
      {isWorker && <ReadyNote />}
      {!isWorker && holdsRole('adviser') && <FindPerson />}
      {!home && !failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {home?.sections.length === 0 && <EmptyState title={t('home.nothing')}>{t('home.nothing-what')}</EmptyState>}
      {sections?.map(section => <HomeSectionView key={section.code} section={section} refused={section.code === 'needs-you' ? refused : []} />)}
    </Page>
  );
}

/** "4 people today. 2 need you." */
function leadOf(sections: readonly HomeSection[]): string {
  return sections
    .filter(section => section.count > 0)
    .slice(0, 3)
    .map(section => phraseFor('home', `lead-${section.code}`) ? t(`home.lead-${section.code}` as 'home.lead-today', { count: section.count }) : '')
    .filter(Boolean)
    .join(' ');
}

/** The one act that the day is about. */
function primaryOf(sections: readonly HomeSection[]) {
  const count = (code: HomeSection['code']) => sections.find(section => section.code === code)?.count ?? 0;
  if (holdsRole('worker')) return <LinkButton href="/people" icon="plus">{t('home.record')}</LinkButton>;
  if (count('to-verify') > 0) return <LinkButton href="/verify">{t('home.verify', { count: count('to-verify') })}</LinkButton>;
  if (holdsRole('claims-preparer', 'claims-approver')) return <LinkButton href="/claims">{t('home.open-bench')}</LinkButton>;
  if (holdsRole('supply-chain')) return <LinkButton href="/referrals/import">{t('home.import')}</LinkButton>;
  if (holdsRole('assessor')) return <LinkButton href="/assess">{t('home.assess')}</LinkButton>;
  return undefined;
}

function HomeSectionView({ section, refused }: { section: HomeSection; refused: readonly LocalRecord[] }) {
  const { code, count, rows, total_pence: total } = section;
  const whole = WHOLE[code];
  const shown = rows.length + refused.length;
  const next = code === 'today' ? rows.findIndex(row => row.at && Date.parse(row.at) > Date.now() - HOUR_MS) : -1;
  return (
    <Section
      title={t(`home.title-${code}`)}
      says={<>{phraseFor('home', `says-${code}`) ? t(`home.says-${code}` as 'home.says-today', { count }) : count}{total !== undefined && <>, <Money pence={total} /></>}</>}
      link={whole && (count > shown || shown === 0) && count > 0 ? <a href={whole}>{t('home.all', { count })}</a> : undefined}
    >
      {count === 0
        ? <p class="section-lead soft">{t(`home.empty-${code}`)}</p>
        : shown > 0 && <Rows label={t(`home.title-${code}`)}>{rows.map((row, index) => <HomeRowView key={index} code={code} row={row} isNext={index === next} />)}{refused.map(record => <Refused key={record.id} record={record} />)}</Rows>}
    </Section>
  );
}

function Refused({ record: { about, refusal } }: { record: LocalRecord }) {
  return (
    <Row needs title={about.words} side={<LinkButton second href="/needs-you" label={`${t('home.put-right')}: ${about.words}`}>{t('home.put-right')}</LinkButton>}>
      {refusal && <p>{problemWords(refusal)}</p>}
    </Row>
  );
}
