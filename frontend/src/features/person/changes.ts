import type { PersonChange, PersonDetails } from '../../api/standing';

/** Somebody's details as the form holds them: every field as text, the number only where a new one is written. */
export interface DetailsDraft {
  given_name: string;
  family_name: string;
  born_on: string;
  phone: string;
  postcode: string;
  language: string;
  access_needs: string;
  nino: string;
  /** The number that is kept is to go. */
  drops_nino: boolean;
}

const TEXTS = ['given_name', 'family_name', 'born_on', 'phone', 'postcode', 'language', 'access_needs'] as const;
const NEVER_EMPTY: readonly string[] = ['given_name', 'family_name', 'language'];

/** What the form begins with. */
export function draftOf(details: PersonDetails): DetailsDraft {
  const texts = Object.fromEntries(TEXTS.map(name => [name, details[name] ?? '']));
  return { ...(texts as Record<(typeof TEXTS)[number], string>), nino: '', drops_nino: false };
}

/** What differs from the details as they stand; a field that was emptied is sent as nothing. */
export function changesOf(details: PersonDetails, draft: DetailsDraft): PersonChange {
  const change: Record<string, string | null> = {};
  for (const name of TEXTS) {
    const value = draft[name].trim();
    if (value !== (details[name] ?? '')) change[name] = value || (NEVER_EMPTY.includes(name) ? '' : null);
  }
  if (draft.nino.trim()) change['nino'] = draft.nino.trim();
  else if (draft.drops_nino) change['nino'] = null;
  return change as PersonChange;
}
