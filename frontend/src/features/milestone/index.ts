import { screen, type Feature } from '../../lib/feature';
import { refreshMilestoneKinds } from '../../store/library';
import { holdsRole } from '../../store/session';

export const feature: Feature = {
  routes: [
    { path: '/people/:id/milestone', roles: ['worker', 'manager'], screen: screen(['milestone', 'signature'], () => import('./milestone')) },
    {
      path: '/people/:id/records/:recordId/evidence',
      roles: ['worker', 'manager'],
      screen: screen(['milestone', 'signature'], () => import('./evidence')),
    },
  ],
  start: () => {
    if (holdsRole('worker', 'manager')) void refreshMilestoneKinds();
  },
};
