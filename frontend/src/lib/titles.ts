/** Names that the browser must not write into its history and its list of tabs. */
const names = new Set<string>();

/** Keep a person's names out of every title from now on. */
export function keepFromTitles(...theirs: (string | null | undefined)[]): void {
  for (const name of theirs) if (name) names.add(name);
}

/** A title as the browser may keep it: the longest name first, so that no half of one is left. */
export function publicTitle(title: string, instead: string): string {
  const longestFirst = [...names].sort((one, other) => other.length - one.length);
  const within = instead.slice(0, 1).toLowerCase() + instead.slice(1);
  return longestFirst.reduce((words, name) => words.replaceAll(name, (_name, at: number) => (at === 0 ? instead : within)), title);
}
