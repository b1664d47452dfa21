/** How many honest teams are needed for one of them to look like this within a year: rounded down, at most 10,000. */
export function honestTeams(frequency: number): number {
  const teams = frequency > 0 ? 1 / frequency : MOST;
  const step = 10 ** Math.max(Math.floor(Math.log10(teams)) - 1, 0);
  return Math.min(Math.floor(teams / step) * step, MOST);
}

/** Beyond this a number says no more. */
const MOST = 10_000;

/** How many of so many cases an honest team would show, rounded up. */
export function allowedFor(share: number, cases: number): number {
  return Math.ceil(share * cases - 1e-9);
}
