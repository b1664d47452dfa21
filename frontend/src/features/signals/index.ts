import { screen, type Feature, type Role } from '../../lib/feature';

/** The team's own managers at once; the prime's staff once the team has answered, or has had its time. */
const WHO_READS: readonly Role[] = ['manager', 'supply-chain', 'claims-preparer', 'claims-approver'];

export const feature: Feature = {
  routes: [{ path: '/signals', roles: WHO_READS, screen: screen(['signals', 'journey'], () => import('./signals')) }],
  nav: [{ path: '/signals', label: 'nav.signals', order: 55, roles: WHO_READS }],
};
