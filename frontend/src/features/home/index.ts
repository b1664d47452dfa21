import { screen, type Feature, type Role } from '../../lib/feature';

const EVERYBODY: readonly Role[] = [
  'worker', 'manager', 'adviser', 'claims-preparer', 'claims-approver', 'supply-chain', 'assessor', 'administrator',
];

export const feature: Feature = {
  routes: [{ path: '/', screen: screen(['home', 'people', 'journey', 'signals'], () => import('./home')) }],
  nav: [{ path: '/', label: 'nav.today', order: 0, roles: EVERYBODY }],
};
