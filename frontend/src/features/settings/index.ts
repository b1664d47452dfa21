import { screen, type Feature, type Role } from '../../lib/feature';

const ADMINISTRATOR: readonly Role[] = ['administrator'];
const WHO_SEES_CONTRACTS: readonly Role[] = ['administrator', 'supply-chain', 'manager', 'claims-preparer', 'claims-approver'];
const WHO_READS_CALIBRATIONS: readonly Role[] = [...WHO_SEES_CONTRACTS, 'assessor'];

export const feature: Feature = {
  routes: [
    { path: '/settings', roles: WHO_SEES_CONTRACTS, screen: screen(['settings'], () => import('./settings')) },
    { path: '/settings/people', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./people')) },
    { path: '/settings/people/:membershipId', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./person')) },
    { path: '/settings/invite', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./invite')) },
    { path: '/settings/organisation', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./organisation')) },
    { path: '/settings/contracts', roles: WHO_SEES_CONTRACTS, screen: screen(['settings'], () => import('./contracts')) },
    { path: '/settings/contracts/new', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./add-contract')) },
    { path: '/settings/contracts/:contractId/places/new', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./place')) },
    { path: '/settings/contracts/:contractId/places/:placeId', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./place')) },
    { path: '/settings/contracts/:contractId/payment-groups/new', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./payment-group')) },
    { path: '/settings/contracts/:contractId/payment-groups/:groupId', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./payment-group')) },
    { path: '/settings/contracts/:contractId/notices/new', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./notice')) },
    { path: '/settings/contracts/:contractId', roles: WHO_SEES_CONTRACTS, screen: screen(['settings'], () => import('./contract')) },
    { path: '/settings/partners', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./partners')) },
    { path: '/settings/partners/new', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./add-partner')) },
    { path: '/settings/rate-cards', roles: WHO_SEES_CONTRACTS, screen: screen(['settings'], () => import('./rate-cards')) },
    { path: '/settings/rate-cards/:rateCardId', roles: WHO_SEES_CONTRACTS, screen: screen(['settings'], () => import('./rate-card')) },
    { path: '/settings/instruments', roles: ADMINISTRATOR, screen: screen(['settings'], () => import('./instruments')) },
    { path: '/settings/calibrations', roles: WHO_READS_CALIBRATIONS, screen: screen(['settings', 'calibrations'], () => import('./calibrations')) },
    { path: '/settings/calibrations/sign', roles: ADMINISTRATOR, screen: screen(['settings', 'calibrations'], () => import('./sign-calibration')) },
    { path: '/settings/audit', roles: ADMINISTRATOR, screen: screen(['settings', 'audit'], () => import('./audit')) },
  ],
  nav: [{ path: '/settings', label: 'nav.settings', order: 90, roles: WHO_SEES_CONTRACTS }],
};
