import type { components } from '../../api/types';
import { addDays, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

export type SignedInputs = components['schemas']['SignedInputs'];

/** Figures to sign, as the form holds them. */
export interface SigningDraft {
  rater: SignedInputs['rater'] | '';
  language: string;
  ladders: string[];
  source: SignedInputs['source'];
  sd: string;
  r: string;
  r_lower: string;
  n: string;
  reference: string;
  valid_from: Day | '';
  valid_until: Day | '';
}

const R_MOST = 0.7;
const FIGURE = /^\d{1,3}(\.\d{1,6})?$/;

/** The last day that provisional figures may hold: a day short of a year. */
export function lastDayOf(from: Day): Day {
  const [year = '', ...rest] = from.split('-');
  return addDays([String(Number(year) + 1), ...rest].join('-'), -1);
}

/** What is missing or cannot be; the server looks again. */
export function signingErrors(draft: SigningDraft): FormError[] {
  const isFigure = (text: string) => FIGURE.test(text.trim());
  const isProvisional = draft.source === 'provisional';
  const checks: [string, boolean, string][] = [
    ['rater', draft.rater !== '', t('calibrations.rater-missing')],
    ['ladders', draft.ladders.length > 0, t('calibrations.ladders-missing')],
    ['sd', isFigure(draft.sd), t('calibrations.figure-missing')],
    ['r', isFigure(draft.r), t('calibrations.figure-missing')],
    ['r', !isProvisional || !isFigure(draft.r) || Number(draft.r) <= R_MOST, t('calibrations.r-too-high')],
    ['r_lower', isProvisional || isFigure(draft.r_lower), t('calibrations.figure-missing')],
    ['n', isProvisional || /^\d{2,7}$/.test(draft.n.trim()), t('calibrations.n-missing')],
    ['reference', draft.reference.trim() !== '', t('calibrations.reference-missing')],
    ['valid_from', draft.valid_from !== '', t('calibrations.from-missing')],
    ['valid_until', !isProvisional || draft.valid_until !== '', t('calibrations.until-missing')],
  ];
  return checks.filter(([, holds]) => !holds).map(([field, , message]) => ({ field, message }));
}

/** What is sent: of provisional figures r is its own limit, and no pairs stand behind them. */
export function signedBody(draft: SigningDraft, instrumentId: string): SignedInputs {
  const isProvisional = draft.source === 'provisional';
  return {
    instrument_id: instrumentId,
    rater: draft.rater as SignedInputs['rater'],
    language: draft.language,
    ladders: draft.ladders,
    source: draft.source,
    sd: draft.sd.trim(),
    r: draft.r.trim(),
    r_lower: (isProvisional ? draft.r : draft.r_lower).trim(),
    n: isProvisional ? 0 : Number(draft.n),
    reference: draft.reference.trim(),
    valid_from: draft.valid_from,
    valid_until: draft.valid_until || null,
  };
}
