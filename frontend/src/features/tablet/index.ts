import { screen, type Feature } from '../../lib/feature';

export const feature: Feature = {
  routes: [
    { path: '/unlock', open: true, screen: screen(['tablet'], () => import('./unlock')) },
    { path: '/tablet', roles: ['worker', 'manager'], screen: screen(['tablet'], () => import('./tablet')) },
    { path: '/tablet/set-up', roles: ['worker', 'manager'], screen: screen(['tablet'], () => import('./set-up')) },
    { path: '/tablet/words', roles: ['worker', 'manager'], screen: screen(['tablet'], () => import('./change-words')) },
  ],
};
