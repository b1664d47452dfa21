import { computed, signal } from '@preact/signals';
import { askWorker } from '../lib/worker';

const waiting = signal<ServiceWorker | null>(null);

/** Whether a newer version of the app is here and waits for the person to agree. */
export const newVersionReady = computed(() => waiting.value !== null);

/** Register the worker that keeps the app on this device, and watch for newer ones. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => null);
  if (!registration) return;
  if (registration.waiting) waiting.value = registration.waiting;
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing;
    fresh?.addEventListener('statechange', () => {
      // Without a controller this is the very first version, and there is nothing to agree to.
      if (fresh.state === 'installed' && navigator.serviceWorker.controller) waiting.value = fresh;
    });
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
  // Every page was closed while it waited: it runs by now, and still gives the version that the person agreed to.
  if (!waiting.value && (await askWorker('is-other-in-use'))) waiting.value = navigator.serviceWorker.controller;
}

/** The person agreed: let the new version take over, then open the page anew. */
export async function takeNewVersion(): Promise<void> {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  const runs = waiting.value === serviceWorker.controller;
  if ((await askWorker('use-new-version', waiting.value)) && runs) location.reload();
}
