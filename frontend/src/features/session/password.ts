import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

/** Long rather than intricate, as the NCSC advises; the server also refuses the ones everybody uses. */
const SHORTEST_PASSWORD = 12;

/** What is wrong with a new password and its repetition, before it is sent. */
export function newPasswordErrors(field: string, password: string, again: string): FormError[] {
  if (password.length < SHORTEST_PASSWORD) return [{ field, message: t('session.password-short') }];
  return password === again ? [] : [{ field: 'again', message: t('session.password-differs') }];
}
