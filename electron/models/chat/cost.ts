import { builtInPrices, type ModelPrice } from '../../../shared/domain/model-price.js';

/**
 * What a call cost in millionths of a US dollar, rounded up; null where no price is known. Own prices go before the
 * built-in ones, a full name before the longest beginning. A model of a router (`openai/gpt-4o`) is found by what
 * follows the last slash as well.
 */
export function costMicros(
  model: string,
  tokens: { readonly inputTokens: number; readonly outputTokens: number },
  own: readonly ModelPrice[] = [],
): number | null {
  const price = findPrice(model, own) ?? findPrice(model, builtInPrices);
  // Dollars for a million tokens are millionths of a dollar for one.
  return (
    price &&
    Math.ceil(tokens.inputTokens * price.inputPerMillion + tokens.outputTokens * price.outputPerMillion)
  );
}

function findPrice(model: string, prices: readonly ModelPrice[]): ModelPrice | null {
  const names = [model, model.slice(model.lastIndexOf('/') + 1)].map((name) => name.toLowerCase());
  const lengthOf = (pattern: string): number => {
    const wanted = pattern.toLowerCase();
    const fits = wanted.endsWith('*')
      ? names.some((name) => name.startsWith(wanted.slice(0, -1)))
      : names.includes(wanted);
    return !fits ? 0 : wanted.endsWith('*') ? wanted.length : Number.MAX_SAFE_INTEGER;
  };
  return prices.reduce<ModelPrice | null>(
    (best, price) => (lengthOf(price.model) > (best ? lengthOf(best.model) : 0) ? price : best),
    null,
  );
}
