import { screen, type Feature, type Role } from '../../lib/feature';

const WHO_WORKS: readonly Role[] = ['worker', 'manager'];

export const feature: Feature = {
  routes: [
    { path: '/picture', open: true, screen: screen(['picture'], () => import('./phone')) },
    { path: '/people/:id/picture', roles: WHO_WORKS, bare: true, screen: screen(['picture'], () => import('./tablet')) },
    { path: '/people/:id/picture/link', roles: WHO_WORKS, screen: screen(['picture'], () => import('./link')) },
  ],
};
