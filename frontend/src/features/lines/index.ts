import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [{ path: '/lines', roles: ['manager'], screen: screen(['lines', 'line'], () => import('./lines')) }],
  nav: [{ path: '/lines', label: 'nav.claims', order: 40, roles: ['manager'] }],
};
