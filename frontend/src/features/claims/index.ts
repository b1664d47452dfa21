import { screen, type Feature, type Role } from '../../lib/feature';

const READERS: readonly Role[] = ['claims-preparer', 'claims-approver', 'supply-chain'];

export const feature: Feature = {
  routes: [
    { path: '/claims', roles: READERS, screen: screen(['claims', 'line'], () => import('./bench')) },
    { path: '/claims/:claimId', roles: READERS, screen: screen(['claims', 'line'], () => import('./bench')) },
    { path: '/claims/:claimId/pack', roles: ['claims-preparer', 'claims-approver'], screen: screen(['claims', 'line'], () => import('./pack')) },
  ],
  nav: [{ path: '/claims', label: 'nav.bench', order: 40, roles: READERS }],
};
