import type { CalibrationStanding } from '../../api/calibrations';
import { phraseFor, t } from '../../lib/i18n';

/** So many pairs of ratings are enough for something to be paid by them: as on the server. */
export const PAIRS_ENOUGH = 30;

/** What tells one standing from another. */
export function keyOf({ commissioner_id, instrument_id, rater, language }: CalibrationStanding): string {
  return [commissioner_id, instrument_id, rater, language].join(':');
}

export function languageWords(code: string): string {
  return phraseFor('calibrations', `language-${code}`) ?? code;
}

/** Which ladders the figures in force are of: all that the rater is asked, or how many of them. */
export function setWords({ ladders, in_force }: Pick<CalibrationStanding, 'ladders' | 'in_force'>): string {
  const set = in_force?.ladders.length ?? ladders.length;
  return set === ladders.length ? t('calibrations.all-ladders', { count: set }) : t('calibrations.some-ladders', { count: set, all: ladders.length });
}
