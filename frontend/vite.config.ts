import { defineConfig } from 'vitest/config';
import { packed } from './vite-plugins/packed.ts';
import { precache } from './vite-plugins/precache.ts';

/** Words that come with a feature of another name. */
const PART_OF: Record<string, string> = { journey: 'people', calibrations: 'settings', audit: 'settings' };
/** What is done at a desk: its Welsh comes apart, so that nobody's phone fetches it. */
const DESK = /^(settings|calibrations|audit|claims|assess|line|lines|statements|signals|devices|referrals|verify)$/;

/** The file that a module comes in, by the feature it serves; what several features share comes in one. */
function nameOfChunk(id: string): string | null {
  const [, folder, name = ''] = /\/src\/(features|locales\/en|locales\/cy|api|ui|lib|store|sync|app)\/([\w-]+)/.exec(id) ?? [];
  if (!folder || id.includes('?raw')) return null; // a library, a list of words: apart, as it is asked for
  if (folder === 'features') return name;
  if (folder === 'locales/en') return PART_OF[name] ?? name;
  if (folder === 'locales/cy') return DESK.test(name) ? 'cy-desk' : 'cy';
  return 'shared';
}

export default defineConfig({
  // Vite's own JSX; no preset is needed.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [precache(), packed()],
  css: { lightningcss: { errorRecovery: true } },
  build: {
    target: 'es2022',
    // One sheet: print and forced colours hold on every screen, and it fits the size we allow ourselves.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    // The policy forbids fonts and scripts from data addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { main: 'index.html', 'service-worker': 'src/service-worker/service-worker.ts' },
      output: {
        // All that the app needs at once in one file, and each feature with its English in one more: many small
        // ones compress worse, cost a round trip each, and a tablet keeps every one of them apart.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], test: id => !id.includes('/service-worker/'), priority: 2 },
            { name: nameOfChunk, debugName: 'by feature', includeDependenciesRecursively: false, priority: 1 },
          ],
        },
        entryFileNames: chunk =>
          chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { environment: 'node', setupFiles: ['src/test-setup.ts'] },
});
