import type { ComponentChildren } from 'preact';
import { dayWords, type Day } from '../lib/dates';
import { Glyph, type GlyphName } from './icon';

export interface TimelineEntry {
  id: string;
  day: Day;
  kind: GlyphName;
  /** The kind in a word, for who listens: "Milestone". */
  kindWords: string;
  title: ComponentChildren;
  quiet?: boolean;
  /** Soft lines: who, own words, what it waits for. */
  says?: ComponentChildren;
}

/** What happened, newest first. `more` is a `<ShowMore/>`. */
export function Timeline({ entries, more }: { entries: readonly TimelineEntry[]; more?: ComponentChildren }) {
  return (
    <ul class="rows timeline">
      {entries.map(entry => (
        <li key={entry.id} class={entry.quiet ? 'is-quiet' : undefined}>
          <time dateTime={entry.day}>{dayWords(entry.day)}</time>
          <Glyph name={entry.kind} />
          <div>
            <h3><span class="hidden">{entry.kindWords}: </span>{entry.title}</h3>
            {entry.says && <p>{entry.says}</p>}
          </div>
        </li>
      ))}
      {more}
    </ul>
  );
}
