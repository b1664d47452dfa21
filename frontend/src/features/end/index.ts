import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [{ path: '/people/:id/end', roles: ['worker', 'manager'], screen: screen(['end'], () => import('./end')) }],
};
