import type { HelpdeskThread } from '../connectors/connector.js';

/** A version of many a helpdesk is a time in whole seconds. */
const RESOLUTION_MS = 1_000;

/** Says of which conversations a list has to be believed a second time. */
export interface SecondLook {
  /** Whether this is the first list since its version may have become final, so that it is read although nothing seems to have changed. */
  isDue(thread: HelpdeskThread): boolean;
  /** A list of which everything was read. */
  listed(threads: readonly HelpdeskThread[]): void;
}

/**
 * What changes twice in one second has the same version after both where a version is a time in seconds (RT, Zendesk, Freshdesk): read
 * between the two, the second would never be seen. Whatever is as new as the newest of a list, by the helpdesk's own clock, may change again
 * within its second, and is read once more with the next list.
 */
export function createSecondLook(): SecondLook {
  let looks = new Map<string, { readonly state: string; readonly count: number }>();
  const stateOf = ({ version, updatedAt }: HelpdeskThread): string => version ?? updatedAt;

  return {
    isDue(thread) {
      const look = looks.get(thread.id);
      return look?.state === stateOf(thread) && look.count === 1;
    },
    listed(threads) {
      const newest = Math.max(...threads.map(({ updatedAt }) => Date.parse(updatedAt)));
      const before = looks;
      looks = new Map();
      for (const thread of threads) {
        const last = before.get(thread.id);
        const state = stateOf(thread);
        const isSame = last?.state === state;
        if (!isSame && Date.parse(thread.updatedAt) < newest - RESOLUTION_MS) continue;
        looks.set(thread.id, { state, count: isSame ? last.count + 1 : 1 });
      }
    },
  };
}
