import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/people/:id/employment', roles: ['worker', 'manager'], screen: screen(['employment'], () => import('./employment')) },
  ],
};
