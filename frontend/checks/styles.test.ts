import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('../src/styles/', import.meta.url);
/** A rule for whatever follows anything: for one such, browsers style the whole page anew at each change of screen. */
const WHATEVER_FOLLOWS = /[+~]\s*\*/;

test('no rule is for whatever follows anything', () => {
  const found = readdirSync(FOLDER).flatMap(name => (
    readFileSync(new URL(name, FOLDER), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '').split('\n')
      .filter(line => WHATEVER_FOLLOWS.test(line)).map(line => `${name}: ${line.trim()}`)
  ));
  expect(found).toEqual([]);
});
