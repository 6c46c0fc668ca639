import type { BeirSet } from './beir-set.js';

/** A search knows two facets of its own besides language and audience. */
export const scopeFacets = ['product', 'brand'] as const;
export type ScopeFacet = (typeof scopeFacets)[number];

/** Which metadata key stands for which facet. */
export type BeirScope = ReadonlyMap<ScopeFacet, string>;

/**
 * The metadata that says which documents a query may see: keys that some queries and documents carry and whose every value in a query some
 * document has, such as the place a question is about. The two with most values are used.
 */
export function scopeOf({ documents, queries }: BeirSet): BeirScope {
  const valuesOf = (of: readonly { readonly metadata: Readonly<Record<string, string>> }[]) => {
    const values = new Map<string, Set<string>>();
    for (const { metadata } of of) {
      for (const [key, value] of Object.entries(metadata))
        values.set(key, (values.get(key) ?? new Set()).add(value.toLowerCase()));
    }
    return values;
  };
  const inDocuments = valuesOf(documents);
  const keys = [...valuesOf(queries)]
    .filter(([key, values]) => [...values].every((value) => inDocuments.get(key)?.has(value)))
    .map(([key]) => key)
    .sort((a, b) => (inDocuments.get(b)?.size ?? 0) - (inDocuments.get(a)?.size ?? 0));
  return new Map(
    scopeFacets.flatMap((facet, at) => {
      const key = keys[at];
      return key === undefined ? [] : [[facet, key] as const];
    }),
  );
}

/** The facets of a document or query under a scope. */
export function facetsOf(
  metadata: Readonly<Record<string, string>>,
  scope: BeirScope,
): Partial<Record<ScopeFacet, string>> {
  return Object.fromEntries(
    Array.from(scope, ([facet, key]) => [facet, metadata[key]] as const).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
