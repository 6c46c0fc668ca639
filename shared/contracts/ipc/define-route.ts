import type { z } from 'zod';

/** A request that may cross from the window to main: parsed on arrival (`input`) and on return (`output`). */
export interface Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
}

/** Declares one route; the same schema types both ends and parses at run time. */
export function defineRoute<I extends z.ZodType, O extends z.ZodType>(route: Route<I, O>): Route<I, O> {
  return route;
}
