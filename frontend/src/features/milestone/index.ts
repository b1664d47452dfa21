import { effect } from '@preact/signals';
import { screen, type Feature } from '../../lib/feature';
import { refreshMilestoneKinds } from '../../store/library';
import { holdsRole, session } from '../../store/session';

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
    stopFollowing();
    stopFollowing = followLanguage();
  },
};

let stopFollowing = () => undefined as void;

/** Their titles come in the language of the reader's account: once it is another, what is kept here is fetched anew. */
function followLanguage(): () => void {
  let readIn: unknown;
  return effect(() => {
    const now = session.value;
    if (now.kind !== 'signed-in' || !holdsRole('worker', 'manager') || now.session.user.language === readIn) return;
    readIn = now.session.user.language;
    void refreshMilestoneKinds();
  });
}
