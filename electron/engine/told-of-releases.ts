import type { ReleaseListener } from './engine.js';

/** One listener for all of a set, as it is when something is told. */
export function toldOfReleases(listeners: ReadonlySet<ReleaseListener>): ReleaseListener {
  return {
    async coming(team) {
      await Promise.all([...listeners].map((listener) => listener.coming(team)));
    },
    inForce(team) {
      for (const listener of listeners) listener.inForce(team);
    },
  };
}
