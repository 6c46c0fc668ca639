/**
 * @typedef {object} Step
 * @property {(what: string) => void} doing says that real work starts; a line every 15 s follows until it ends
 * @property {(note: string) => void} note  an extra line that matters to the reader
 *
 * @typedef {object} Progress
 * @property {<T extends string>(name: string, work: (step: Step) => Promise<T>) => Promise<T>} step
 *   runs one step and prints one line with its result and time; an error passes through
 * @property {(text: string) => void} say
 */

/**
 * Prints set-up steps, one short line each.
 *
 * @param {{ out?: NodeJS.WritableStream, quietWhenFast?: boolean }} [options]
 *   `quietWhenFast` prints nothing for a step that found its work already done
 * @returns {Progress}
 */
export function createProgress({ out = process.stdout, quietWhenFast = false } = {}) {
  /** @param {string} text */
  const say = (text) => void out.write(`${text}\n`);
  return {
    say,
    async step(name, work) {
      const startedAt = Date.now();
      let worked = false;
      /** @type {NodeJS.Timeout | undefined} */
      let heartbeat;
      const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
      try {
        const result = await work({
          doing(what) {
            worked = true;
            say(`  …  ${name}: ${what}`);
            heartbeat ??= setInterval(() => say(`  …  ${name}: still working, ${seconds()}`), 15_000).unref();
          },
          note(text) {
            worked = true;
            say(`     ${text}`);
          },
        });
        if (worked || !quietWhenFast) say(`  ok ${`${name}: ${result}`.padEnd(72)} ${seconds()}`);
        return result;
      } catch (error) {
        say(`  !! ${name}: failed after ${seconds()}`);
        throw error;
      } finally {
        clearInterval(heartbeat);
      }
    },
  };
}
