import type { Restriction } from '../../api/standing';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

/** The fewest people who may be named. */
export const FEWEST = 2;

/** Whether those named suffice: at least two, one of them able to verify. */
export function viewerErrors(possible: Restriction['possible'], named: readonly string[]): FormError[] {
  if (named.length < FEWEST) return [{ field: 'viewer_ids', message: t('person.viewers-too-few') }];
  const canVerify = possible.some(one => one.can_verify && named.includes(one.id));
  return canVerify ? [] : [{ field: 'viewer_ids', message: t('person.verifier-missing') }];
}

/** "Ruth P. and Sam K.": those named, in the order of the list. */
export function namesOf(possible: Restriction['possible'], named: readonly string[]): string {
  const names = possible.filter(one => named.includes(one.id)).map(one => one.short_name);
  return names.length < 2 ? names.join('') : t('person.and', { some: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' });
}
