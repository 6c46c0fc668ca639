import { stemsOf } from '../text/words.js';

/**
 * What common goods are called and which kind they are, so that "the electronics rule" is found for headphones and a rule for
 * mattresses is kept away from a lamp. A hand-made hypernym list of everyday English, not of one team; a team's own product names
 * are matched by their words besides.
 */
const kinds: Readonly<Record<string, readonly string[]>> = {
  electronics: [
    'headphones',
    'headset',
    'earbuds',
    'earphones',
    'speaker',
    'headlamp',
    'kettle',
    'grinder',
    'charger',
    'laptop',
    'camera',
  ],
  cookware: ['pan', 'skillet', 'pot', 'saucepan', 'casserole', 'wok', 'oven'],
  cutlery: ['knife', 'knives', 'scissors'],
  bedding: ['duvet', 'pillowcase', 'pillow', 'blanket', 'linen'],
  mattress: ['mattress'],
  furniture: ['bedframe', 'sofa', 'chair', 'wardrobe', 'shelf'],
  lighting: ['lamp', 'bulb', 'lampshade'],
  tent: ['tent'],
  camping: ['stove', 'mat', 'sleeping'],
  fuel: ['canister', 'fuel'],
  coffee: ['coffee', 'crate', 'beans'],
  giftcard: ['giftcard'],
  clothing: ['shirt', 'shoes', 'jacket', 'dress', 'trousers'],
  gift: ['personalised', 'engraved', 'customised'],
  refurbished: ['refurbished'],
};

const kindOf = new Map<string, string>();
const kindNames = new Set(Object.keys(kinds).flatMap((kind) => stemsOf(kind)));
for (const [kind, names] of Object.entries(kinds)) {
  for (const name of [kind, ...names]) for (const stem of stemsOf(name)) kindOf.set(stem, kind);
}

/** A good a text is about: its own word and the kind it belongs to, both as stems. */
export interface ProductWord {
  readonly word: string;
  readonly kind: string;
}

/** Compounds that are another thing than their parts. */
const COMPOUNDS: readonly (readonly [RegExp, string])[] = [
  [/\bgift\s+cards?\b/gi, 'giftcard'],
  [/\bmattress\s+(?:cover|topper|protector)s?\b/gi, 'bedding'],
  [/\b(?:table|floor|bedside|desk)\s+lamps?\b/gi, 'lamp'],
  [/\bbed\s+frames?\b/gi, 'bedframe'],
  [/\bpan\s+sets?\b/gi, 'pan'],
];

/** Writes compounds as one word, so that a gift card is no card. */
export function joinCompounds(text: string): string {
  return COMPOUNDS.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
}

/** Goods a text names, each once. */
export function productWords(text: string): ProductWord[] {
  const joined = joinCompounds(text);
  const found = new Map<string, ProductWord>();
  for (const stem of stemsOf(joined)) {
    const kind = kindOf.get(stem);
    if (kind !== undefined) found.set(stem, { word: stem, kind });
  }
  return [...found.values()];
}

/** True when both are the same good, or one names the kind of the other: "electronics" and headphones, but not kettle and headphones. */
export function areRelated(a: readonly ProductWord[], b: readonly ProductWord[]): boolean {
  return a.some((left) => b.some((right) => isSame(left, right)));
}

function isSame(left: ProductWord, right: ProductWord): boolean {
  if (left.word === right.word) return true;
  return left.kind === right.kind && (kindNames.has(left.word) || kindNames.has(right.word));
}

/** True when an article's `product` field covers one of the goods, or names nothing this list knows. */
export function coversProduct(articleProduct: string, goods: readonly ProductWord[]): boolean {
  const named = productWords(articleProduct.replaceAll('-', ' '));
  return named.length === 0 || areRelated(named, goods);
}
