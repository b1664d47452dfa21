import { screen, type Feature, type Role } from '../../lib/feature';
import { holdsRole } from '../../store/session';
import { mayBeAsked, refreshWaiting, waitingCount } from './waiting';

/** A manager verifies; anybody else may be named as another organisation's outside verifier. */
const WHO_MAY_VERIFY: readonly Role[] = ['manager', 'worker', 'adviser', 'supply-chain', 'administrator'];

export const feature: Feature = {
  routes: [{ path: '/verify', roles: WHO_MAY_VERIFY, screen: screen(['verify', 'journey'], () => import('./verify')) }],
  nav: [{ path: '/verify', label: 'nav.verify', order: 20, roles: WHO_MAY_VERIFY, count: () => waitingCount.value, when: () => mayBeAsked.value }],
  start: () => void (holdsRole(...WHO_MAY_VERIFY) && refreshWaiting()),
};
