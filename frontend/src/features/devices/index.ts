import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [{ path: '/devices', roles: ['manager', 'administrator'], screen: screen(['devices'], () => import('./devices')) }],
};
