import { dayOf, dayWords, momentWords } from '../lib/dates';
import { t } from '../lib/i18n';
import { failureWords } from '../lib/problems';
import type { Answer } from '../lib/result';
import { gone } from './expiry';

/** Why the server brought nothing, in words: without a connection, that names and journeys left this device, where they did. */
export function notHereWords(answer: Answer<unknown>): string | null {
  return (answer.kind === 'offline' && goneWords()) || failureWords(answer);
}

/** That names and journeys left this device, when, and what one can still do; null while they are here. */
export function goneWords(): string | null {
  if (!gone.value) return null;
  const { days, at, recordUntil } = gone.value;
  return recordUntil
    ? t('app.gone', { count: days, day: dayWords(dayOf(at)), until: momentWords(recordUntil) })
    : t('app.gone-over', { count: days });
}
