import { interruption } from './interruption.js';

/** Resolves at Ctrl-C, or when whoever runs this process asks it to end. */
export async function stopSignal(): Promise<void> {
  const interrupted = interruption();
  await new Promise<void>((resolve) => {
    interrupted.addEventListener('abort', () => resolve(), { once: true });
    process.once('SIGTERM', () => resolve());
  });
}
