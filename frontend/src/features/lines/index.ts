import { screen, type Feature, type Role } from '../../lib/feature';

/** Never a worker: no price and no threshold is theirs to see. */
const WHO_READS: readonly Role[] = ['manager', 'claims-preparer', 'claims-approver', 'supply-chain'];

export const feature: Feature = {
  routes: [
    { path: '/lines', roles: ['manager'], screen: screen(['lines', 'line'], () => import('./lines')) },
    { path: '/people/:id/earned', roles: WHO_READS, screen: screen(['lines', 'line'], () => import('./earned')) },
  ],
  nav: [{ path: '/lines', label: 'nav.claims', order: 40, roles: ['manager'] }],
};
