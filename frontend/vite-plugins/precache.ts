import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Stamp the built service worker with the list of files it keeps and their hash.
 *
 * The hash is the cache's name, so a changed file makes a changed worker, which is how the browser
 * learns that there is a new version.
 */
export function precache(worker = 'service-worker.js'): Plugin {
  return {
    name: 'waymark-precache',
    apply: 'build',
    writeBundle({ dir }) {
      if (!dir) return;
      const files = readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && entry.name !== worker)
        .map(entry => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(dir, file)));
      const path = join(dir, worker);
      const stamped = readFileSync(path, 'utf8')
        .replace('__VERSION__', hash.digest('hex').slice(0, 16))
        .replace('__FILES__', files.join('|'));
      writeFileSync(path, stamped);
    },
  };
}
