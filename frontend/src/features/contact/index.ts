import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/people/:id/contact', roles: ['worker', 'manager'], screen: screen(['contact'], () => import('./contact')) },
  ],
};
