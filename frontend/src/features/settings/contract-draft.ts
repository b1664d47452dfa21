import type { components } from '../../api/types';
import type { Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { countOf } from './amounts';

type ContractRequest = components['schemas']['ContractRequest'];

export const NATIONS = ['ENG', 'WLS', 'SCT', 'NIR'] as const;
const CODE = /^[A-Z0-9][A-Z0-9-]{0,15}$/;

/** A contract as the form holds it. */
export interface ContractDraft {
  kind: '' | 'commissioned' | 'own';
  code: string;
  title: string;
  nation: (typeof NATIONS)[number];
  starts_on: Day | '';
  ends_on: Day | '';
  commissioner_id: string;
  area_code: string;
  area_name: string;
  claim_day: string;
}

/** A code as it is kept: in capitals. */
export const codeOf = (text: string): string => text.trim().toUpperCase();

/** What is wrong with a code, or nothing. */
export function codeErrors(text: string, field = 'code'): FormError[] {
  return CODE.test(codeOf(text)) ? [] : [{ field, message: t('settings.code-missing') }];
}

/** What is missing, beside the names that the server gives its own refusals. */
export function contractErrors(draft: ContractDraft): FormError[] {
  const errors: FormError[] = [];
  const want = (ok: unknown, field: string, message: string) => void (ok || errors.push({ field, message }));
  want(draft.kind, 'kind', t('settings.kind-missing'));
  want(draft.title.trim(), 'title', t('settings.title-missing'));
  errors.push(...codeErrors(draft.code));
  want(draft.starts_on, 'starts_on', t('settings.starts-missing'));
  want(draft.ends_on, 'ends_on', t('settings.ends-missing'));
  if (draft.starts_on && draft.ends_on) want(draft.starts_on <= draft.ends_on, 'ends_on', t('settings.ends-before'));
  if (draft.kind !== 'commissioned') return errors;
  want(draft.commissioner_id, 'commissioner_id', t('settings.commissioner-missing'));
  if (draft.area_code.trim() || draft.area_name.trim()) {
    errors.push(...codeErrors(draft.area_code, 'package_area.code'));
    want(draft.area_name.trim(), 'package_area.name', t('settings.area-name-missing'));
  }
  want(countOf(draft.claim_day, 1, 28), 'claim_day', t('settings.claim-day-missing'));
  return errors;
}

/** The contract as the server takes it. */
export function contractBody(draft: ContractDraft): ContractRequest {
  const isCommissioned = draft.kind === 'commissioned';
  const hasArea = isCommissioned && draft.area_code.trim() !== '';
  return {
    code: codeOf(draft.code),
    title: draft.title.trim(),
    nation: draft.nation,
    starts_on: draft.starts_on,
    ends_on: draft.ends_on,
    commissioner_id: isCommissioned ? draft.commissioner_id : null,
    package_area: hasArea ? { code: codeOf(draft.area_code), name: draft.area_name.trim() } : null,
    claim_day: (isCommissioned && countOf(draft.claim_day, 1, 28)) || 14,
  };
}
