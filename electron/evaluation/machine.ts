import os from 'node:os';

/** The machine in one line, to stand above every measured figure. */
export function machineLine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${String(os.cpus().length)} cores, ${String(memory)} GiB, ${os.platform()}, Node ${process.versions.node}`;
}
