import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/assess', roles: ['assessor'], screen: screen(['assess', 'line'], () => import('./claims-to-assess')) },
    { path: '/assess/:claimId', roles: ['assessor'], screen: screen(['assess', 'line'], () => import('./assess')) },
  ],
  nav: [{ path: '/assess', label: 'nav.assess', order: 60, roles: ['assessor'] }],
};
