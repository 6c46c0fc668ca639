/** An id none of the others has: `rule-3`. */
export function freeId(word: string, others: readonly { readonly id: string }[]): string {
  let number = others.length + 1;
  while (others.some(({ id }) => id === `${word}-${String(number)}`)) number += 1;
  return `${word}-${String(number)}`;
}
