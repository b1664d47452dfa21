const ANSWER_MS = 5_000;

/** Ask the app's own worker; one that does not answer says no. */
export async function askWorker(question: string, worker = globalThis.navigator?.serviceWorker?.controller): Promise<boolean> {
  if (!worker) return false;
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    const late = setTimeout(() => resolve(false), ANSWER_MS);
    port1.onmessage = event => {
      clearTimeout(late);
      port1.close();
      resolve(event.data === true);
    };
    worker.postMessage(question, [port2]);
  });
}
