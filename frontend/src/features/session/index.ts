import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/sign-in', open: true, screen: screen(['session'], () => import('./sign-in')) },
    { path: '/invitation', open: true, screen: screen(['session'], () => import('./invitation')) },
    { path: '/account', screen: screen(['session'], () => import('./account')) },
  ],
};
