import { useState } from 'preact/hooks';
import { formErrors, type FormError } from '../../lib/problems';
import type { Answer } from '../../lib/result';

/** A form that sends: what is wrong with it, and whether it is on its way. */
export interface Sending {
  errors: FormError[];
  busy: boolean;
  /** Say what is missing, where one asks before sending; nothing takes back what was said. */
  refuse: (errors: FormError[]) => void;
  /**
   * Send once nothing is missing.
   * @param fieldOf Beside which field a refusal of the whole stands, by its code: `{ 'code-taken': 'code' }`.
   * @returns what was answered; null where something is missing or it was refused.
   */
  send: <T>(missing: FormError[], ask: () => Promise<Answer<T>>, fieldOf?: Record<string, string>) => Promise<T | null>;
}

export function useSending(): Sending {
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const send: Sending['send'] = async (missing, ask, fieldOf = {}) => {
    setErrors(missing);
    if (missing.length > 0) return null;
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setErrors(errorsOf(answer, fieldOf));
    return answer.kind === 'ok' ? answer.data : null;
  };
  return { errors, busy, refuse: setErrors, send };
}

function errorsOf(answer: Answer<unknown>, fieldOf: Record<string, string>): FormError[] {
  const field = answer.kind === 'problem' ? fieldOf[answer.problem.code] : undefined;
  return formErrors(answer).map(error => (error.field || !field ? error : { ...error, field }));
}
