import { useState } from 'preact/hooks';
import type { Journey, TimelineEntry } from '../../api/people';
import { dayWords, momentWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { currentSession, holdsRole } from '../../store/session';
import { Chip, Chips } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Glyph, type GlyphName } from '../../ui/icon';
import { Section } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Timeline } from '../../ui/timeline';
import { entryTitle, entryWords } from './entry-words';

const FIRST = 8;
const GLYPHS: Record<string, GlyphName> = {
  assessment: 'assessment', milestone: 'milestone', intervention: 'support', contact: 'support', employment: 'work',
  start: 'support', end: 'support', 'action-plan': 'note',
};
const REVIEWS: readonly string[] = ['review', 'exit'];
const FILTERS = ['assessment', 'milestone', 'support', 'work'] as const;

/** What happened, newest first, filterable by kind. */
export function History({ journey }: { journey: Journey }) {
  const [shown, setShown] = useState<GlyphName | null>(null);
  const [isWhole, setWhole] = useState(false);
  const entries = journey.timeline.filter(entry => shown === null || GLYPHS[entry.kind] === shown);
  const page = isWhole ? entries : entries.slice(0, FIRST);
  return (
    <Section title={t('journey.timeline')} says={t('journey.some-of', { some: page.length, all: entries.length })}>
      <Chips label={t('journey.show')}>
        <Chip pressed={shown === null} onPress={() => setShown(null)}>{t('journey.show-all')}</Chip>
        {FILTERS.map(name => (
          <Chip key={name} pressed={shown === name} onPress={() => setShown(name)}><Glyph name={name} />{t(`journey.show-${name}`)}</Chip>
        ))}
      </Chips>
      {entries.length === 0 ? (
        <EmptyState title={t('journey.nothing-yet')}>{t('journey.nothing-yet-what')}</EmptyState>
      ) : (
        <Timeline
          entries={page.map((entry, index) => ({
            id: entry.record_id ?? entry.sitting_id ?? String(index),
            day: entry.occurred_on,
            kind: GLYPHS[entry.kind] ?? 'note',
            kindWords: phraseFor('journey', `kind-${entry.kind}`) ?? entry.kind,
            title: entryTitle(entry, journey),
            quiet: entry.kind !== 'milestone' && entry.kind !== 'assessment',
            says: <Says entry={entry} journey={journey} />,
          }))}
          more={page.length < entries.length ? <ShowMore others={entries.length - page.length} onMore={() => setWhole(true)} /> : undefined}
        />
      )}
    </Section>
  );
}

/** The soft lines: words, who, what became of it, the evidence, and how to correct it. */
function Says({ entry, journey }: { entry: TimelineEntry; journey: Journey }) {
  const mayCorrect = entry.record_id && entry.kind !== 'assessment'
    && (holdsRole('manager') || (holdsRole('worker') && entry.author_id === currentSession().user.id));
  const person = `/people/${journey.enrolment_id}/records/${entry.record_id ?? ''}`;
  return (
    <>
      {entryWords(entry, journey)}
      {entry.words && <> <q>{entry.words}</q></>}
      {entry.verification && <> {verificationWords(entry.verification)}</>}
      {entry.is_corrected && <> <a href={`/people/${journey.enrolment_id}/corrections`}>{t('journey.corrected')}</a></>}
      {entry.disagreements?.map(said => <Against key={said.record_id} said={said} href={`/people/${journey.enrolment_id}/picture`} />)}
      {entry.evidence?.map(item => (
        <span key={item.record_id} class="timeline__evidence">
          {' '}
          {item.has_file ? <EvidenceLink item={item} /> : `${evidenceKind(item)}${item.needs_file ? ` (${t('journey.file-to-come')})` : ''}`}
          {item.dated_on && `, ${dayWords(item.dated_on)}`}.
        </span>
      ))}
      <OwnConfirmation entry={entry} journey={journey} />
      {mayCorrect && (
        <span class="timeline__acts no-print">
          {entry.kind === 'milestone' && <> <a href={`${person}/evidence`}>{t('journey.add-evidence')}</a></>}
          {' '}<a href={`${person}/correct`}>{t('journey.correct')}</a>
        </span>
      )}
    </>
  );
}

/** Where the person's own word that a review was so can be added, when it came from elsewhere. */
function OwnConfirmation({ entry, journey }: { entry: TimelineEntry; journey: Journey }) {
  const sitting = journey.sittings.find(one => one.sitting_id === entry.sitting_id && REVIEWS.includes(one.kind) && !one.is_crisis);
  const own = sitting?.assessments.find(assessment => assessment.rater === 'participant');
  if (!own || !holdsRole('worker', 'manager')) return null;
  const href = `/people/${journey.enrolment_id}/records/${own.record_id}/evidence`;
  return <span class="timeline__acts no-print"> <a href={href}>{t('journey.add-confirmation')}</a></span>;
}

/** What the person says against an entry: it stands beside it, and whoever works with them can talk about it. */
function Against({ said, href }: { said: NonNullable<TimelineEntry['disagreements']>[number]; href: string }) {
  const day = dayWords(said.occurred_on);
  if (!said.is_open) return <> {t('journey.against-before', { day })}</>;
  return (
    <span class="timeline__against">
      {' '}{said.words ? t('journey.against-words', { day, words: said.words }) : t('journey.against', { day })}
      {holdsRole('worker', 'manager') && <> <a class="no-print" href={href}>{t('journey.against-look')}</a></>}
    </span>
  );
}

type Evidence = NonNullable<TimelineEntry['evidence']>[number];

const evidenceKind = ({ kind }: Evidence) => phraseFor('journey', `evidence-${kind}`) ?? kind;

/** A picture opens beside the app; a document is downloaded, since browsers show none that may run nothing. */
function EvidenceLink({ item }: { item: Evidence }) {
  const href = `/api/evidence/${item.record_id}/file`;
  return item.media_type === 'application/pdf'
    ? <a href={href} download>{t('journey.evidence-pdf', { kind: evidenceKind(item) })}</a>
    : <a href={href} target="_blank" rel="noopener">{evidenceKind(item)}</a>;
}

function verificationWords({ decision, by, at, reason, words, is_outside: isOutside }: NonNullable<TimelineEntry['verification']>): string {
  const day = momentWords(at);
  if (decision === 'verified') return isOutside ? t('journey.verified-outside', { by, day }) : t('journey.verified', { by, day });
  const why = words ?? phraseFor('people', `reason-${reason}`) ?? '';
  return t('journey.returned', { by, day, why });
}
