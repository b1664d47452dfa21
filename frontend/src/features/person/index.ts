import { screen, type Feature, type Role } from '../../lib/feature';

const WHO_WORKS: readonly Role[] = ['worker', 'manager'];

export const feature: Feature = {
  routes: [
    { path: '/people/:id/details', roles: WHO_WORKS, screen: screen(['person'], () => import('./details')) },
    { path: '/people/:id/pause', roles: WHO_WORKS, screen: screen(['person'], () => import('./pause')) },
    { path: '/people/:id/not-started', roles: WHO_WORKS, screen: screen(['person'], () => import('./not-started')) },
    { path: '/people/:id/who-sees', roles: ['manager'], screen: screen(['person'], () => import('./who-sees')) },
    { path: '/people/:id/same-person', roles: ['manager', 'supply-chain'], screen: screen(['person'], () => import('./same-person')) },
  ],
};
