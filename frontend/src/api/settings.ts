import type { Role } from '../lib/feature';
import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type Colleague = Schemas['Person'];
export type Invitation = Schemas['Invitation'];
export type Organisation = Schemas['Organisation'];
export type Contract = Schemas['Contract'];
export type WholeContract = Schemas['WholeContract'];
export type RateCard = Schemas['RateCard'];
export type Instrument = Schemas['Instrument'];
export type AuditEvent = Schemas['AuditEvent'];
export type OrganisationName = Schemas['OrganisationName'];
export type Place = Schemas['Subcontract'];
export type PlaceChange = Schemas['PlaceChange'];
export type PaymentGroup = Schemas['PaymentGroup'];
export type NoticeTemplate = Schemas['NoticeTemplate'];

/** A page of a list. */
interface Items<T> {
  items: T[];
  next?: string | null;
  count: number;
}

export const getPeople = (): Promise<Answer<Items<Colleague>>> => send('GET', '/api/people');

export const putRoles = (membershipId: string, roles: readonly Role[]): Promise<Answer<Colleague>> =>
  send('PUT', `/api/people/${membershipId}`, { roles });

export const deleteMembership = (membershipId: string): Promise<Answer<null>> => send('DELETE', `/api/people/${membershipId}`);

/** Make a link by which a colleague chooses a new password; it is shown once. */
export const postPasswordReset = (membershipId: string): Promise<Answer<{ link: string; expires_at: string }>> =>
  send('POST', `/api/people/${membershipId}/password-reset`);

export const getInvitations = (): Promise<Answer<Items<Invitation>>> => send('GET', '/api/invitations');

/** Invite somebody; the link is shown once. */
export const postInvitation = (body: { email: string; name: string; roles: readonly Role[] }): Promise<Answer<Invitation & { link: string }>> =>
  send('POST', '/api/invitations', body);

export const deleteInvitation = (invitationId: string): Promise<Answer<null>> => send('DELETE', `/api/invitations/${invitationId}`);

export const getOrganisation = (): Promise<Answer<Organisation>> => send('GET', '/api/organisation');

export const putOrganisation = (body: { short_name: string; outside_verifier_email: string | null }): Promise<Answer<Organisation>> =>
  send('PUT', '/api/organisation', body);

export const getContracts = (): Promise<Answer<Items<Contract>>> => send('GET', '/api/contracts');

export const getContract = (contractId: string): Promise<Answer<WholeContract>> => send('GET', `/api/contracts/${contractId}`);

export const getRateCards = (): Promise<Answer<Items<RateCard>>> => send('GET', '/api/rate-cards');

export const getRateCard = (rateCardId: string): Promise<Answer<RateCard>> => send('GET', `/api/rate-cards/${rateCardId}`);

export const postRateCards = (yaml: string): Promise<Answer<Items<RateCard>>> => send('POST', '/api/rate-cards', { yaml });

/** Price a contract's people, or one payment group of them, by a card from a day on. */
export const postCardApplication = (
  contractId: string,
  body: { rate_card_id: string; payment_group_id: string | null; applies_from: string },
): Promise<Answer<Schemas['CardApplication']>> => send('POST', `/api/contracts/${contractId}/card-applications`, body);

export const getInstruments = (): Promise<Answer<Items<Instrument>>> => send('GET', '/api/instruments');

export const postInstruments = (yaml: string): Promise<Answer<Items<Instrument>>> => send('POST', '/api/instruments', { yaml });

export const getEvents = (after: string | null, day: string): Promise<Answer<Items<AuditEvent>>> =>
  send('GET', `/api/audit?${new URLSearchParams({ ...(after ? { after } : {}), ...(day ? { day } : {}) })}`);

/** Every organisation by name, to choose a partner from. */
export const getOrganisations = (): Promise<Answer<Items<OrganisationName>>> => send('GET', '/api/organisations');

/** Add an organisation to work with; where somebody is named, the answer shows their link once. */
export const postOrganisation = (body: Schemas['PartnerRequest']): Promise<Answer<Schemas['Partner']>> =>
  send('POST', '/api/organisations', body);

export const postContract = (body: Schemas['ContractRequest']): Promise<Answer<Contract>> => send('POST', '/api/contracts', body);

/** Give a provider its place on a contract. */
export const postPlace = (contractId: string, body: Schemas['SubcontractRequest']): Promise<Answer<Place>> =>
  send('POST', `/api/contracts/${contractId}/subcontracts`, body);

export const putPlace = (contractId: string, placeId: string, body: PlaceChange): Promise<Answer<Place>> =>
  send('PUT', `/api/contracts/${contractId}/subcontracts/${placeId}`, body);

export const postPaymentGroup = (contractId: string, body: { code: string; title: string }): Promise<Answer<PaymentGroup>> =>
  send('POST', `/api/contracts/${contractId}/payment-groups`, body);

export const putPaymentGroup = (contractId: string, groupId: string, title: string): Promise<Answer<PaymentGroup>> =>
  send('PUT', `/api/contracts/${contractId}/payment-groups/${groupId}`, { title });

/** The library's notices, with the fields to fill in. */
export const getNoticeTemplates = (): Promise<Answer<Items<NoticeTemplate>>> => send('GET', '/api/notice-templates');

/** Publish a notice; from then on it is never changed. */
export const postNotice = (contractId: string, body: Schemas['NoticeRequest']): Promise<Answer<Schemas['Notice']>> =>
  send('POST', `/api/contracts/${contractId}/notices`, body);
