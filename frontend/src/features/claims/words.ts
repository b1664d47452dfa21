import type { BoardSummary, Claim } from '../../api/claims';
import { dayOf, dayWords, monthWords, today } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';

/** Where a claim stands, by whom, and what comes next: "Draft claim 1 for October. To be submitted by Sat 14 Nov." */
export function leadOf(claim: Claim): string {
  const what = { number: claim.number, month: monthWords(claim.month) };
  const on = (moment: string | null) => (moment ? dayWords(dayOf(moment)) : '');
  const due = t(claim.submit_by < today() ? 'claims.was-due' : 'claims.due', { day: dayWords(claim.submit_by) });
  switch (claim.state) {
    case 'draft': return t('claims.lead-draft', { ...what, name: claim.prepared_by, due });
    case 'locked': return t('claims.lead-locked', { ...what, name: claim.locked_by ?? '', on: on(claim.locked_at), preparer: claim.prepared_by });
    case 'approved': return t('claims.lead-approved', { ...what, name: claim.approved_by ?? '', on: on(claim.approved_at), due });
    case 'submitted': return t('claims.lead-submitted', { ...what, on: on(claim.submitted_at), decided: claim.decided_count, count: claim.sums.line_count });
    default: return t('claims.lead-settled', { ...what, on: on(claim.settled_at) });
  }
}

type Missing = BoardSummary['missing'][number];

/** Who can put a group of incomplete lines right: "Managers at Hopeworks 4, Canal Street 2." */
export function whoCan(missing: Missing): string {
  const providers = missing.providers.map(provider => `${provider.name} ${provider.count}`).join(', ');
  return t('claims.who-at', { who: phraseFor('claims', `who-${missing.who}`) ?? missing.who, providers });
}
