import { PeerUnavailable } from './debian-packages.mjs';

/**
 * Runs a peer as a program of its own: prints one line of JSON when it is ready, ends it when standard input ends, so that it never
 * outlives whoever started it. Exit code 3 and `{"unavailable": "why"}` where this machine cannot have it.
 *
 * @template {object} Ready
 * @param {(dir: string, port: number) => Promise<{ ready: Ready, end: () => Promise<void> }>} start
 */
export async function runPeer(start) {
  const [dir, port = '0'] = process.argv.slice(2);
  if (dir === undefined || !/^\d+$/.test(port)) {
    process.stderr.write('Usage: node PEER.mjs DIR [PORT]. It runs until its standard input ends.\n');
    process.exitCode = 2;
    return;
  }
  try {
    const { ready, end } = await start(dir, Number(port));
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    const stop = () => void end().finally(() => process.exit(0));
    process.stdin.resume().on('end', stop).on('error', stop);
    process.on('SIGTERM', stop).on('SIGINT', stop);
  } catch (error) {
    if (!(error instanceof PeerUnavailable)) throw error;
    process.stdout.write(`${JSON.stringify({ unavailable: error.message })}\n`);
    process.exitCode = 3;
  }
}
