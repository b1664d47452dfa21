import { phraseFor } from '../../lib/i18n';

type Trigger = Record<string, unknown>;
type Values = Record<string, string | number>;

/** What a trigger's sentence names, by kind; `titles` are those of the milestone kinds. */
const VALUES: Record<string, (trigger: Trigger, titles: ReadonlyMap<string, string>) => Values> = {
  milestone: ({ any_of: kinds, count }, titles) => ({
    count: Number(count ?? 1),
    kinds: list(kinds).map(code => titles.get(code) ?? code).join('; '),
  }),
  'job-sustained': ({ weeks, hours_min: hours }) => ({ weeks: Number(weeks), hours: Number(hours) }),
  'job-sustained-every': ({ weeks, after }) => ({ weeks: Number(weeks), after: String(after) }),
  'reliable-improvement': ({ instrument, min_weeks: weeks, z, observable_milestones: milestones }) => ({
    instrument: String(instrument), weeks: Number(weeks), z: Number(z), milestones: Number(milestones),
  }),
  held: ({ of, weeks, z }) => ({ of: String(of), from: list(weeks)[0] ?? '', to: list(weeks)[1] ?? '', z: Number(z) }),
};

/** What earns a rate, in a sentence. */
export function triggerWords(trigger: Trigger, titles: ReadonlyMap<string, string>): string {
  const kind = String(trigger['kind']);
  const words = phraseFor('settings', `trigger-${kind}`, VALUES[kind]?.(trigger, titles)) ?? kind;
  const more = trigger['repeat'] ? phraseFor('settings', 'trigger-repeat') : trigger['focus'] ? phraseFor('settings', 'trigger-focus') : null;
  return more ? `${words} ${more}` : words;
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
