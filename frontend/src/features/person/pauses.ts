import type { EnrolmentSteps } from '../../api/placing';
import type { Day } from '../../lib/dates';

/** A time in which somebody could not take part. */
export interface Pause {
  from: Day;
  /** The day they went on; null while they have not. */
  until: Day | null;
  reason: string | null;
}

/** The pauses of an enrolment, newest first; one that an end or a transfer cut short ends with it. */
export function pausesOf(enrolment: Pick<EnrolmentSteps, 'steps' | 'ended_on' | 'state'>): Pause[] {
  const pauses: Pause[] = [];
  for (const { name, happened_on: day, reason } of enrolment.steps) {
    const last = pauses.at(-1);
    if (name === 'paused') pauses.push({ from: day, until: null, reason });
    else if (name === 'resumed' && last) last.until = day;
  }
  const last = pauses.at(-1);
  if (last?.until === null && enrolment.state !== 'paused') last.until = enrolment.ended_on;
  return pauses.reverse();
}

/** The first day on which a new pause may begin: the start, or the end of the pause before. */
export function earliestPause(enrolment: Pick<EnrolmentSteps, 'steps' | 'ended_on' | 'state' | 'started_on'>): Day | undefined {
  return pausesOf(enrolment)[0]?.until ?? enrolment.started_on ?? undefined;
}
