import { screen, type Feature, type Role } from '../../lib/feature';

const READERS: readonly Role[] = ['claims-preparer', 'claims-approver', 'supply-chain', 'manager', 'assessor'];

export const feature: Feature = {
  routes: [
    { path: '/statements', roles: READERS, screen: screen(['statements', 'line'], () => import('./statements')) },
    { path: '/statements/:statementId', roles: READERS, screen: screen(['statements', 'line'], () => import('./statement')) },
  ],
  nav: [{ path: '/statements', label: 'nav.statements', order: 50, roles: READERS }],
};
