import type app from './app';
import type nav from './nav';
import type problems from './problems';
import type session from './session';
import type ui from './ui';

/** The phrases of every part, for the types of `t`. A feature adds its file here and nowhere else. */
export interface Words {
  app: typeof app;
  nav: typeof nav;
  problems: typeof problems;
  session: typeof session;
  ui: typeof ui;
}
