import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Phrases } from '../src/lib/i18n';
import { faultsOf, type Parts, type Sources } from './translations';

type Files = Record<string, { default: Phrases }>;
const english = import.meta.glob<{ default: Phrases }>(['../src/locales/en/*.ts', '!**/index.ts'], { eager: true });
const welsh = import.meta.glob<{ default: Phrases }>(['../src/locales/cy/*.ts', '!**/{index,translated,codes}.ts'], { eager: true });
const sources = JSON.parse(readFileSync(join(import.meta.dirname, 'welsh.json'), 'utf8')) as Sources;

function partsOf(files: Files): Parts {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.ts$/g, ''), file.default]));
}

test('every phrase stands in Welsh, and is the Welsh of what its English says now: npm run locales', () => {
  expect(faultsOf(partsOf(english as Files), partsOf(welsh as Files), sources)).toEqual([]);
});
