import { phraseFor, t } from './i18n';
import type { Answer, FieldProblem, Problem } from './result';

/** A problem in plain words: ours for its code, else the server's own sentence. */
export function problemWords(problem: Problem): string {
  return phraseFor('problems', problem.code) ?? problem.detail ?? problem.title;
}

/** One field's problem in plain words. */
export function fieldWords(problem: FieldProblem): string {
  return phraseFor('problems', problem.code) ?? problem.detail;
}

/** Why an answer brought nothing, in words with what to do next; null when it did bring something. */
export function failureWords(answer: Answer<unknown>): string | null {
  if (answer.kind === 'offline') return t('problems.offline');
  if (answer.kind === 'signed-out') return t('problems.signed-out');
  return answer.kind === 'problem' ? problemWords(answer.problem) : null;
}

/** One line of an error summary: what is wrong, and the id of the field to go to where there is one. */
export interface FormError {
  field?: string;
  message: string;
  /** What the fault is of (a key, a word), where the message is ours and so does not say it. */
  named?: string;
}

/** What a form shows for a failed answer: its fields' problems, or one line for the whole. */
export function formErrors(answer: Answer<unknown>): FormError[] {
  const fields = answer.kind === 'problem' ? (answer.problem.errors ?? []) : [];
  if (fields.length > 0) return fields.map(error => formError(error));
  const message = failureWords(answer);
  return message === null ? [] : [{ message }];
}

function formError(problem: FieldProblem): FormError {
  const message = fieldWords(problem);
  const isOurs = message !== problem.detail;
  return { field: problem.field, message, ...(isOurs && problem.value && { named: problem.value }) };
}
