import { phraseFor, t } from '../../lib/i18n';
import { fieldWords, formErrors, type FormError } from '../../lib/problems';
import type { Answer, FieldProblem } from '../../lib/result';

/** A remark on a list in the reader's language: where it stands, what it is, and the line or name it speaks of. */
export function remarkWords(remark: FieldProblem): string {
  const words = phraseFor('referrals', `remark-${remark.code}`, { value: remark.value ?? '' }) ?? fieldWords(remark);
  const line = /^line (\d+)$/.exec(remark.field)?.[1];
  const place = line ? t('referrals.on-line', { line }) : phraseFor('referrals', `cell-${remark.field}`);
  return place ? `${place}: ${words}` : words;
}

/** Why a list could not be read, each reason with its line, beside the field that it was chosen in. */
export function listErrors(answer: Answer<unknown>): FormError[] {
  const remarks = answer.kind === 'problem' ? (answer.problem.errors ?? []) : [];
  return remarks.length > 0 ? remarks.map(remark => ({ field: 'list', message: remarkWords(remark) })) : formErrors(answer);
}
