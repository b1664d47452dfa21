import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [{ path: '/people/:id/start', roles: ['worker', 'manager'], screen: screen(['start', 'plan'], () => import('./start')) }],
};
