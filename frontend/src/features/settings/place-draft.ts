import type { Place, PlaceChange } from '../../api/settings';
import type { Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { basisPointsOf, countOf, penceOf, poundsText } from './amounts';

/** A place on a contract as the form holds it: numbers as they were written. */
export interface PlaceDraft {
  provider_id: string;
  tier: string;
  delivery: PlaceChange['delivery'] | '';
  promised_referrals: string;
  promised_value_pence: string;
  provider_share_basis_points: string;
  starts_on: Day | '';
  ends_on: Day | '';
}

const MOST = 1_000_000;

/** A new place begins with the contract. */
export function emptyPlace(startsOn: Day): PlaceDraft {
  return {
    provider_id: '', tier: '1', delivery: '', promised_referrals: '', promised_value_pence: '', provider_share_basis_points: '',
    starts_on: startsOn, ends_on: '',
  };
}

/** What stands, to be changed. */
export function placeDraftOf(place: Place): PlaceDraft {
  return {
    provider_id: place.provider.id,
    tier: String(place.tier),
    delivery: place.delivery,
    promised_referrals: String(place.promised_referrals),
    promised_value_pence: poundsText(place.promised_value_pence),
    provider_share_basis_points: place.provider_share_basis_points === null ? '' : String(place.provider_share_basis_points / 100),
    starts_on: place.starts_on,
    ends_on: place.ends_on ?? '',
  };
}

/** What is missing, beside the names that the server gives its own refusals. */
export function placeErrors(draft: PlaceDraft): FormError[] {
  const errors: FormError[] = [];
  const want = (ok: boolean, field: keyof PlaceDraft, message: string) => void (ok || errors.push({ field, message }));
  want(draft.provider_id !== '', 'provider_id', t('settings.provider-missing'));
  want(draft.delivery !== '', 'delivery', t('settings.delivery-missing'));
  want(countOf(draft.tier, 1, 9) !== null, 'tier', t('settings.tier-missing'));
  want(countOf(draft.promised_referrals, 0, MOST) !== null, 'promised_referrals', t('settings.referrals-missing'));
  want(penceOf(draft.promised_value_pence) !== null, 'promised_value_pence', t('settings.value-missing'));
  want(basisPointsOf(draft.provider_share_basis_points) !== null, 'provider_share_basis_points', t('settings.share-missing'));
  want(draft.starts_on !== '', 'starts_on', t('settings.starts-missing'));
  want(!draft.ends_on || draft.starts_on <= draft.ends_on, 'ends_on', t('settings.ends-before'));
  return errors;
}

/** The place as the server takes it, once nothing is missing. */
export function placeBody(draft: PlaceDraft): PlaceChange {
  return {
    tier: countOf(draft.tier, 1, 9) ?? 1,
    delivery: draft.delivery || 'end-to-end',
    promised_referrals: countOf(draft.promised_referrals, 0, MOST) ?? 0,
    promised_value_pence: penceOf(draft.promised_value_pence) ?? 0,
    provider_share_basis_points: basisPointsOf(draft.provider_share_basis_points) ?? 0,
    starts_on: draft.starts_on,
    ends_on: draft.ends_on || null,
  };
}
