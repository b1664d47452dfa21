import { useEffect, useState } from 'preact/hooks';
import type { CaseloadRow, Look, Needs, Scope } from '../../api/people';
import { takeAskedFor } from '../../lib/asked-for';
import { dayWords, today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useGradually } from '../../lib/use-gradually';
import { goneWords } from '../../store/not-here';
import { currentStore, holdsRole } from '../../store/session';
import { refreshHoldings } from '../../sync/holdings';
import { counts } from '../../sync/outbox';
import { isReady } from '../../sync/ready';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { SearchInput, Select, Tools } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { OutboxSays } from '../../ui/recorded';
import { Group, PersonRow } from '../../ui/rows';
import { DueMark } from '../../ui/state-word';
import { dueOf, grouped, noteOf, type Group as GroupName } from './groups';
import { Looks, lookWords } from './looks';
import { useCaseload } from './use-caseload';

const STAGES = ['live', 'referred', 'accepted', 'started', 'paused', 'closed'] as const;
/** As many people as a tablet's screen holds. */
const FIRST = 12;
const NEEDS = ['', 'needs-you', 'this-week', 'not-met', 'nothing'] as const;

/** The people one works with, what needs doing first; never a score, never money. */
export default function Caseload() {
  const isWorker = holdsRole('worker');
  const [scope, setScope] = useState<Scope>(isWorker || holdsRole('adviser') ? 'mine' : 'team');
  const [stage, setStage] = useState<string>('live');
  const [needs, setNeeds] = useState<Needs | ''>('');
  const [look, setLook] = useState<Look | ''>('');
  const [text, setText] = useState(takeAskedFor);
  const [filtering, setFiltering] = useState(false);
  const list = useCaseload({ scope, state: stage, needs, look }, text);
  const says = list.failure ?? goneWords();
  useEffect(() => {
    if (isWorker) void refreshHoldings(currentStore());
  }, []);
  useEffect(() => {
    if (list.rows && !list.busy && (text || look)) announce(t('people.found', { count: text ? list.rows.length : list.count }));
  }, [list.rows, list.busy]);

  return (
    <Page
      title={t(`people.title-${scope}`)}
      lead={list.rows && leadOf(list.count, scope)}
      says={isWorker ? <OutboxSays counts={counts.value} note={counts.value.saved > 0 ? t('people.goes-itself') : undefined} /> : undefined}
    >
      <Tools>
        <SearchInput name="text" label={t('people.search')} value={text} onInput={setText} />
        <Button second icon="filter" onClick={() => setFiltering(!filtering)}>{filtering ? t('people.filter-close') : t('people.filter')}</Button>
      </Tools>
      {holdsRole('manager', 'adviser') && <Looks scope={scope} look={look} onLook={setLook} />}
      {filtering && (
        <Filters scope={scope} stage={stage} needs={needs} onScope={setScope} onStage={setStage} onNeeds={setNeeds} />
      )}
      {says && <NotificationBanner><p>{says}</p></NotificationBanner>}
      {list.rows ? <People rows={list.rows} isSearch={text.trim() !== ''} look={text.trim() ? '' : look} /> : !list.failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {list.next && <ul class="rows"><ShowMore others={list.count - (list.rows?.length ?? 0)} busy={list.busy} onMore={list.more} /></ul>}
    </Page>
  );
}

/** How many, in which order, and whether all of them are here. */
function leadOf(count: number, scope: Scope): string {
  const people = t('people.lead', { count });
  return scope === 'mine' && isReady.value ? t('people.lead-here', { people, count }) : people;
}

interface FiltersProps {
  scope: Scope;
  stage: string;
  needs: Needs | '';
  onScope: (scope: Scope) => void;
  onStage: (stage: string) => void;
  onNeeds: (needs: Needs | '') => void;
}

function Filters(props: FiltersProps) {
  const scopes: Scope[] = holdsRole('worker', 'manager') ? ['mine', 'team', 'all'] : ['mine', 'all'];
  return (
    <div class="filters">
      <Select
        name="scope" label={t('people.whose')} value={props.scope} onInput={value => props.onScope(value as Scope)}
        options={scopes.map(value => ({ value, label: t(`people.scope-${value}`) }))}
      />
      <Select
        name="needs" label={t('people.needs')} value={props.needs} onInput={value => props.onNeeds(value as Needs | '')}
        options={NEEDS.map(value => ({ value, label: value ? groupTitle(value) : t('people.anything') }))}
      />
      <Select
        name="stage" label={t('people.stage')} value={props.stage} onInput={props.onStage}
        options={STAGES.map(value => ({ value, label: t(`people.stage-${value}`) }))}
      />
    </div>
  );
}

/** What was sent back needs its key worker, whoever else sees it. */
function groupTitle(group: GroupName): string {
  return group === 'needs-you' && !holdsRole('worker') ? t('people.needs-worker') : t(`people.group-${group}`);
}

function People({ rows, isSearch, look }: { rows: readonly CaseloadRow[]; isSearch: boolean; look: Look | '' }) {
  let left = useGradually(rows.length, FIRST);
  if (rows.length === 0 && look) return <EmptyState title={t('people.none-found')}>{t('people.look-none')}</EmptyState>;
  if (rows.length === 0) {
    return isSearch
      ? <EmptyState title={t('people.none-found')}>{t('people.none-found-what')}</EmptyState>
      : <EmptyState title={t('people.none')}>{holdsRole('adviser') ? t('people.none-adviser') : t('people.none-what')}</EmptyState>;
  }
  const day = today();
  return (
    <>
      {grouped(rows, day).map(({ group, rows: members }) => {
        const drawn = members.slice(0, left);
        left -= drawn.length;
        return drawn.length > 0 && (
          <Group key={group} title={groupTitle(group)} count={members.length} {...(group === 'needs-you' && holdsRole('worker') ? { tone: 'needs' as const } : {})}>
            {drawn.map(row => <Person key={row.enrolment_id} row={row} group={group} day={day} look={look} />)}
          </Group>
        );
      })}
    </>
  );
}

function Person({ row, group, day, look }: { row: CaseloadRow; group: GroupName; day: string; look: Look | '' }) {
  const due = dueOf(row, group, day);
  const showsProvider = holdsRole('adviser') && !holdsRole('worker', 'manager');
  return (
    <PersonRow
      href={row.state === 'referred' ? '/referrals' : `/people/${row.enrolment_id}`}
      name={row.short_name}
      reference={row.reference}
      due={due.icon ? <DueMark icon={due.icon}>{due.words}</DueMark> : due.words}
      note={look ? lookWords(look, row) : noteOf(row, group, day)}
      met={
        <>
          {row.last_met_on ? t('people.last-met', { day: dayWords(row.last_met_on) }) : t(row.is_bare ? 'people.bare' : 'people.never-met')}
          {showsProvider && <span> · {row.provider}</span>}
        </>
      }
      headsUp={row.heads_up && t('people.heads-up', { words: row.heads_up })}
    />
  );
}
