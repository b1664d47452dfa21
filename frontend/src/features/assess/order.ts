import type { ClaimLine } from '../../api/claims';

/** Whether a line waits for the assessor's word. */
export const isUndecided = (line: ClaimLine): boolean => line.state === 'submitted';

/** Which line is shown: the one asked for, else the first that waits, else the first. */
export function chosenLine(lines: readonly ClaimLine[], wanted: string | undefined): ClaimLine | null {
  return lines.find(line => line.id === wanted) ?? lines.find(isUndecided) ?? lines[0] ?? null;
}

/** The next line that waits after one that was decided, going round to the first; null when none is left. */
export function nextLine(lines: readonly ClaimLine[], decided: ClaimLine): ClaimLine | null {
  const place = lines.findIndex(line => line.id === decided.id);
  const round = [...lines.slice(place + 1), ...lines.slice(0, Math.max(place, 0))];
  return round.find(line => isUndecided(line) && line.id !== decided.id) ?? null;
}
