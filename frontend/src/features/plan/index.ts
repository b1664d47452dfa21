import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [{ path: '/people/:id/plan', roles: ['worker', 'manager'], screen: screen(['plan', 'signature'], () => import('./plan')) }],
};
