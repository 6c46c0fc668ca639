import type { SearchRequest } from '../knowledge-base.js';
import type { ChunkFacets } from '../store/chunk-facets.js';

/** What of the knowledge one search may see. */
export interface Scope {
  readonly accept: (chunkId: number) => boolean;
  /** All chunks it may see when they are few, so that they are looked at one by one; null when they are many. */
  readonly only: readonly number[] | null;
}

type Facets = ReadonlyMap<number, ChunkFacets>;

/** Up to so many chunks are looked through faster than the whole knowledge is searched and filtered. */
const FEW = 2000;

/** The scope of a request: audience, pool, language, and what is of its brand and product or of none in particular. */
export function scopeOf(request: SearchRequest, facets: Facets): Scope {
  const { audiences, pool = 'articles', brand, product, language } = request;
  const excluded = new Set(request.excludeArticleIds);
  const accepts = (chunk: ChunkFacets): boolean =>
    audiences.includes(chunk.audience) &&
    chunk.pool === pool &&
    isOf(brand, chunk.brand) &&
    isOf(product, chunk.product) &&
    (language === null || chunk.language === language) &&
    !excluded.has(chunk.articleId);
  // Chunks of one article share their facets, so that each article is judged once.
  const judged = new Map<ChunkFacets, boolean>();
  const accept = (chunkId: number): boolean => {
    const chunk = facets.get(chunkId);
    if (!chunk) return false;
    const known = judged.get(chunk);
    if (known !== undefined) return known;
    const isAccepted = accepts(chunk);
    judged.set(chunk, isAccepted);
    return isAccepted;
  };
  const { byPool, byProduct, byBrand } = groupsOf(facets);
  const groups = [
    byPool.get(pool) ?? [],
    ...(product === undefined
      ? []
      : [[...(byProduct.get(null) ?? []), ...(byProduct.get(fold(product)) ?? [])]]),
    ...(brand === undefined ? [] : [[...(byBrand.get(null) ?? []), ...(byBrand.get(fold(brand)) ?? [])]]),
  ];
  const smallest = groups.reduce((least, group) => (group.length < least.length ? group : least));
  return { accept, only: smallest.length <= FEW ? smallest.filter(accept) : null };
}

interface FacetGroups {
  readonly byPool: ReadonlyMap<string, readonly number[]>;
  readonly byProduct: ReadonlyMap<string | null, readonly number[]>;
  readonly byBrand: ReadonlyMap<string | null, readonly number[]>;
}

const known = new WeakMap<Facets, FacetGroups>();

/** Chunk ids by facet, counted once for each state of the knowledge. */
function groupsOf(facets: Facets): FacetGroups {
  const before = known.get(facets);
  if (before) return before;
  const group = <K>(keyOf: (chunk: ChunkFacets) => K): Map<K, number[]> => {
    const groups = new Map<K, number[]>();
    for (const [id, chunk] of facets) {
      const ids = groups.get(keyOf(chunk));
      if (ids) ids.push(id);
      else groups.set(keyOf(chunk), [id]);
    }
    return groups;
  };
  const groups = {
    byPool: group(({ pool }) => pool),
    byProduct: group(({ product }) => fold(product)),
    byBrand: group(({ brand }) => fold(brand)),
  };
  known.set(facets, groups);
  return groups;
}

function fold<T extends string | null>(name: T): string | T {
  return name === null ? name : name.toLowerCase();
}

/** What belongs to no brand or product in particular is for all of them. */
function isOf(wanted: string | undefined, actual: string | null): boolean {
  return wanted === undefined || actual === null || fold(actual) === fold(wanted);
}
