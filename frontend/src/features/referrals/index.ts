import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/referrals', roles: ['worker', 'manager', 'supply-chain'], screen: screen(['referrals'], () => import('./referrals')) },
    { path: '/referrals/import', roles: ['supply-chain', 'manager'], screen: screen(['referrals'], () => import('./import')) },
    { path: '/referrals/advisers', roles: ['supply-chain'], screen: screen(['referrals', 'people'], () => import('./placements')) },
  ],
  nav: [{ path: '/referrals', label: 'nav.referrals', order: 30, roles: ['worker', 'manager', 'supply-chain'] }],
};
