import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/people/:id/records/:recordId/correct', roles: ['worker', 'manager'], screen: screen(['correct'], () => import('./correct')) },
    { path: '/people/:id/records/:recordId/withdraw', roles: ['worker', 'manager'], screen: screen(['correct'], () => import('./withdraw')) },
  ],
};
