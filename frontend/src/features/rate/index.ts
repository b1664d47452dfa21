import { screen, type Feature } from '../../lib/feature';
import { refreshInstruments } from '../../store/library';
import { holdsRole } from '../../store/session';

export const feature: Feature = {
  routes: [
    { path: '/people/:id/rate/:sittingId?', roles: ['worker', 'manager'], bare: true, screen: screen(['rate'], () => import('./rate')) },
    { path: '/people/:id/focus', roles: ['worker', 'manager'], bare: true, screen: screen(['rate'], () => import('./focus')) },
    { path: '/people/:id/second-rater/:sittingId', roles: ['worker', 'manager'], bare: true, screen: screen(['rate'], () => import('./second-rater')) },
  ],
  start: () => {
    if (holdsRole('worker', 'manager')) void refreshInstruments();
  },
};
