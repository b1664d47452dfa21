import type { Part, Phrases } from '../../lib/i18n';
import app from './app';
import codes from './codes';
import nav from './nav';
import problems from './problems';
import ui from './ui';

/** The words of every page: whoever reads Welsh needs them first, so they come in one file. */
const first: Partial<Record<Part, Phrases>> = { app, nav, problems: { ...codes, ...problems }, ui };

type Loader = () => Promise<{ default: Phrases }>;
const others = import.meta.glob<{ default: Phrases }>(['./*.ts', '!./{index,translated,codes,app,nav,problems,ui}.ts'], {}) as Record<string, Loader>;

/** The Welsh of one part; a part that has none yet speaks English. */
export async function load(part: Part): Promise<Phrases> {
  return first[part] ?? (await others[`./${part}.ts`]?.())?.default ?? {};
}
