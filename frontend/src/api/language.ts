import type { Language } from '../lib/i18n';
import type { Answer } from '../lib/result';
import { send } from './client';

/** Keep the language that whoever is signed in reads and writes. */
export function putLanguage(language: Language): Promise<Answer<null>> {
  return send('PUT', '/api/account/language', { language });
}
