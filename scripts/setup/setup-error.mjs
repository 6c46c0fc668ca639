/**
 * Exit codes of `npm start`, `npm test` and `cuecard` when the set-up itself fails.
 * Once the app runs, its own exit code is passed on (130 after Ctrl-C, 143 after SIGTERM).
 */
export const setupExitCodes = Object.freeze({
  lock: 9,
  node: 10,
  packages: 11,
  native: 12,
  system: 13,
  electron: 14,
  embedder: 15,
  build: 16,
  display: 17,
});

/**
 * A set-up step that could not be finished: which one, why, and what the reader can do about it.
 */
export class SetupError extends Error {
  /**
   * @param {keyof typeof setupExitCodes} step
   * @param {string} why one or more plain sentences
   * @param {string} fix what to do, ready to copy where it is a command
   */
  constructor(step, why, fix) {
    super(why);
    this.name = 'SetupError';
    this.step = step;
    this.fix = fix;
    this.exitCode = setupExitCodes[step];
  }
}

/**
 * Prints a failed set-up for a person and returns the exit code that belongs to it.
 * An unexpected error is a bug of ours: it keeps its stack.
 *
 * @param {unknown} error
 * @param {NodeJS.WritableStream} [out]
 * @returns {number}
 */
export function reportSetupFailure(error, out = process.stderr) {
  if (!(error instanceof SetupError)) {
    out.write(`\nUnexpected error in the set-up:\n${error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
  out.write(`\n  Set-up stopped at: ${error.step} (exit code ${error.exitCode})\n`);
  out.write(`  Why:     ${indent(error.message)}\n`);
  out.write(`  To do:   ${indent(error.fix)}\n`);
  out.write('  Nothing is lost: run the same command again and it goes on from here.\n\n');
  return error.exitCode;
}

/** @param {string} text */
const indent = (text) => text.trim().replaceAll('\n', '\n           ');
