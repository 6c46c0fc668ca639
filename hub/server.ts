import path from 'node:path';

import { AppErrorException, errorCatalogue } from '../shared/errors/app-error.js';
import { serveHub } from './serve-hub.js';

/** `node build/hub.js`: the hub as a service of its own, as in the container; `cuecard hub` runs the same. */
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
});
try {
  await serveHub({
    env: process.env,
    home: path.resolve('cuecard-hub'),
    say: (line) => void process.stdout.write(`${line}\n`),
    stopped,
  });
} catch (cause) {
  if (!(cause instanceof AppErrorException)) throw cause;
  const { code, message, next, detail } = cause.error;
  process.stderr.write(`${code}: ${message}\n${detail === undefined ? '' : `  ${detail}\n`}  ${next}\n`);
  process.exitCode = errorCatalogue[code].exitCode;
}
