import type app from './app';
import type nav from './nav';
import type problems from './problems';
import type session from './session';
import type contact from './contact';
import type sessionRecord from './session-record';
import type employment from './employment';
import type end from './end';
import type plan from './plan';
import type start from './start';
import type rate from './rate';
import type milestone from './milestone';
import type needsYou from './needs-you';
import type referrals from './referrals';
import type correct from './correct';
import type settings from './settings';
import type people from './people';
import type journey from './journey';
import type home from './home';
import type ui from './ui';

/** The phrases of every part, for the types of `t`. A feature adds its file here and nowhere else. */
export interface Words {
  app: typeof app;
  nav: typeof nav;
  problems: typeof problems;
  session: typeof session;
  contact: typeof contact;
  'session-record': typeof sessionRecord;
  employment: typeof employment;
  end: typeof end;
  plan: typeof plan;
  start: typeof start;
  rate: typeof rate;
  milestone: typeof milestone;
  'needs-you': typeof needsYou;
  referrals: typeof referrals;
  correct: typeof correct;
  settings: typeof settings;
  people: typeof people;
  journey: typeof journey;
  home: typeof home;
  ui: typeof ui;
}
