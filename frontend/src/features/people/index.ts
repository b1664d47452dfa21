import { screen, type Feature, type Role } from '../../lib/feature';

const READERS: readonly Role[] = ['worker', 'manager', 'adviser'];

export const feature: Feature = {
  routes: [
    { path: '/people', roles: READERS, screen: screen(['people'], () => import('./caseload')) },
    { path: '/people/:enrolmentId', roles: READERS, screen: screen(['people', 'journey'], () => import('./journey')) },
    { path: '/people/:enrolmentId/readers', roles: READERS, screen: screen(['people', 'journey'], () => import('./readers')) },
    { path: '/people/:enrolmentId/corrections', roles: READERS, screen: screen(['people', 'journey'], () => import('./corrections')) },
    { path: '/people/:enrolmentId/arrange', roles: ['manager'], screen: screen(['people'], () => import('./arrange')) },
  ],
  nav: [
    { path: '/people', label: 'nav.people', order: 10, roles: ['worker', 'adviser'] },
    { path: '/people', label: 'nav.all-people', order: 10, roles: ['manager'] },
  ],
};
