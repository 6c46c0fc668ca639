import type { Fact } from '../../../../shared/domain/tool-call.js';
import { typedFact } from '../record-words.js';
import type { ShopItem } from '../shop-backend.js';

type Item = Pick<ShopItem, 'name' | 'quantity'>;

/** The items by their names, `2 x Mug and Lamp`; by their number alone where a name is none of the team's `products`. */
export function itemsFact(
  key: string,
  label: string,
  items: readonly Item[],
  products: readonly string[],
): Fact {
  const known = new Set(products.map((name) => name.toLowerCase()));
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return typedFact(
    key,
    label,
    itemList(items),
    count === 1 ? '1 item' : `${String(count)} items`,
    items.every(({ name }) => known.has(name.toLowerCase())),
  );
}

function itemList(items: readonly Item[]): string {
  const names = items.map(({ name, quantity }) => (quantity === 1 ? name : `${String(quantity)} x ${name}`));
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}
