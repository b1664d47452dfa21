import type { MilestoneKind } from '../../api/library';
import type { PersonRecord } from '../../api/person';
import { phraseFor } from '../../lib/i18n';

/** A word as it is searched for: lower case, without accents. */
function plain(words: string): string {
  return words.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

/** The kinds that hold every word, in their title, description or group. */
export function found(kinds: readonly MilestoneKind[], words: string): MilestoneKind[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return kinds.filter(kind => {
    const text = plain(`${kind.title} ${kind.description} ${groupWords(kind.jet_group)}`);
    return wanted.every(word => text.includes(word));
  });
}

/** Those the person has not reached yet before those they have; else the order of the library. */
export function dueFirst(kinds: readonly MilestoneKind[], records: readonly PersonRecord[]): MilestoneKind[] {
  const reached = new Set(records.filter(record => record.kind === 'milestone').map(record => record.body?.['kind']));
  return [...kinds.filter(kind => !reached.has(kind.code)), ...kinds.filter(kind => reached.has(kind.code))];
}

/** A group of the Journey to Employment framework in words. */
export function groupWords(group: string): string {
  return phraseFor('milestone', `group-${group}`) ?? group;
}
