import { screen, type Feature } from '../../lib/feature';
import { refreshReturned, returnedCount } from '../../store/returned';
import { holdsRole } from '../../store/session';
import { counts } from '../../sync/outbox';

export const feature: Feature = {
  routes: [{ path: '/needs-you', roles: ['worker', 'manager'], screen: screen(['needs-you'], () => import('./needs-you')) }],
  nav: [
    { path: '/needs-you', label: 'nav.needs-you', order: 20, roles: ['worker'], tone: 'needs', count: () => returnedCount.value + counts.value.needs },
  ],
  start: () => {
    if (holdsRole('worker', 'manager')) void refreshReturned();
  },
};
