import { learn } from '../lib/i18n';
import app from './en/app';
import nav from './en/nav';
import problems from './en/problems';
import ui from './en/ui';

/** The words of every page, in the first script so that nothing waits for them. */
export function learnFirstWords(): void {
  learn('app', app);
  learn('nav', nav);
  learn('problems', problems);
  learn('ui', ui);
}
