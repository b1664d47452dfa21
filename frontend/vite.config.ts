import { defineConfig } from 'vitest/config';
import { precache } from './vite-plugins/precache.ts';

export default defineConfig({
  // Vite's own JSX; no preset is needed.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [precache()],
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
        // All that the app needs at once in one file: many small ones compress worse, and cost a round trip each.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], test: id => !id.includes('/service-worker/') }] },
        entryFileNames: chunk =>
          chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { environment: 'node', setupFiles: ['src/test-setup.ts'] },
});
