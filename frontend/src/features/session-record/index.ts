import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/people/:id/session', roles: ['worker', 'manager'], screen: screen(['session-record'], () => import('./session-record')) },
  ],
};
