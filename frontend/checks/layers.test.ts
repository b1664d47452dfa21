import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Lowest first: a layer may import itself and what stands before it. */
const LAYERS = ['locales', 'lib', 'api', 'store', 'sync', 'features', 'app'];

interface Import {
  from: string;
  to: string;
}

function allImports(): Import[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && file.includes('/'))
    .flatMap(file => {
      const source = readFileSync(join(SRC, file), 'utf8');
      const paths = [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(match => match[1]!);
      return paths.map(path => ({ from: file, to: relative(SRC, join(SRC, dirname(file), path)) }));
    });
}

function isBreach({ from, to }: Import): boolean {
  const [fromLayer = '', fromFeature] = from.split('/');
  const [toLayer = '', toFeature] = to.split('/');
  if (fromLayer === 'locales' || toLayer === 'locales') return false; // words: types for all, taught once
  if (fromLayer === 'ui') return toLayer !== 'ui' && toLayer !== 'lib';
  if (toLayer === 'ui') return !['features', 'app'].includes(fromLayer);
  if (fromLayer === 'features' && toLayer === 'features') return fromFeature !== toFeature;
  return LAYERS.indexOf(toLayer) > LAYERS.indexOf(fromLayer);
}

test('layers look down, ui knows only lib, and a feature never imports a feature', () => {
  expect(allImports().filter(isBreach)).toEqual([]);
});

test.each([
  ['lib/dates.ts', 'api/client'],
  ['ui/page.tsx', 'store/session'],
  ['features/caseload/index.ts', 'features/journey/journey'],
  ['sync/outbox.ts', 'app/app'],
])('%s importing %s would be a breach', (from, to) => {
  expect(isBreach({ from, to })).toBe(true);
});

test('every folder has its place', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
  expect(folders.filter(name => ![...LAYERS, 'ui', 'styles', 'service-worker'].includes(name))).toEqual([]);
});

test('no markup carries a style attribute, which the policy forbids', () => {
  const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.tsx'));
  const styled = sources.filter(file => /\sstyle="|dangerouslySetInnerHTML/.test(readFileSync(join(SRC, file), 'utf8')));
  expect(styled).toEqual([]);
});
