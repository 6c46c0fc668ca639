import type { Neighbour } from './knowledge-index.js';

/** The nearest of those it is offered, nearest first. */
export interface NearestList {
  offer(neighbour: Neighbour): void;
  /** What a cosine must exceed to be taken. */
  bar(): number;
  list(): Neighbour[];
}

export function createNearestList(limit: number): NearestList {
  const best: Neighbour[] = [];
  let bar = limit > 0 ? -Infinity : Infinity;
  return {
    bar: () => bar,
    offer(neighbour) {
      if (neighbour.cosine <= bar) return;
      let at = best.length;
      while (at > 0 && (best[at - 1]?.cosine ?? Infinity) < neighbour.cosine) at--;
      best.splice(at, 0, neighbour);
      if (best.length > limit) best.pop();
      if (best.length === limit) bar = best.at(-1)?.cosine ?? -Infinity;
    },
    list: () => best,
  };
}
