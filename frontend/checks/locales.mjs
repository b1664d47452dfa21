// `npm run locales` lists the Welsh that is missing or stale; `npm run locales -- done` notes, once it is translated,
// of which English it is the Welsh.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'vite';

const SOURCES = new URL('welsh.json', import.meta.url);
const server = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' });

async function partsOf(language) {
  const files = readdirSync(new URL(`../src/locales/${language}`, import.meta.url)).filter(file => !/^(index|translated|codes)\.ts$/.test(file));
  const parts = files.map(async file => [file.replace('.ts', ''), (await server.ssrLoadModule(`/src/locales/${language}/${file}`)).default]);
  return Object.fromEntries(await Promise.all(parts));
}

const { faultsOf, sourcesOf } = await server.ssrLoadModule('/checks/translations.ts');
const [english, welsh] = [await partsOf('en'), await partsOf('cy')];
await server.close();
if (process.argv.includes('done')) writeFileSync(SOURCES, `${JSON.stringify(sourcesOf(english, welsh), null, 1)}\n`);
const faults = faultsOf(english, welsh, JSON.parse(readFileSync(SOURCES, 'utf8')));
console.log(faults.length === 0 ? 'Every phrase stands in Welsh.' : faults.join('\n'));
