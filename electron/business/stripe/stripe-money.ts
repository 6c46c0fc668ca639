/** Currencies Stripe counts in whole units (docs.stripe.com/currencies, “Zero-decimal currencies”). */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** In thousandths (the same page, “Three-decimal currencies”). ISK and UGX are counted in hundredths there, though they have none. */
const THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));

const digitsOf = (currency: string): number => (WHOLE.has(currency) ? 0 : THOUSANDTHS.has(currency) ? 3 : 2);

/** Stripe's lower-case code as it is printed: `EUR`. */
export const currencyOf = (code: string): string => code.toUpperCase();

/** What Stripe counts in its smallest unit, in major units. `currency` as ISO 4217. */
export const toMajor = (minor: number, currency: string): number => minor / 10 ** digitsOf(currency);

/** Major units as Stripe counts them; null for an amount the currency cannot say (`0.50` yen). */
export function toMinor(major: number, currency: string): number | null {
  const exact = major * 10 ** digitsOf(currency);
  const minor = Math.round(exact);
  return Math.abs(exact - minor) < 1e-6 ? minor : null;
}

/** `49.00 EUR`, `500 JPY`. */
export const printMinor = (minor: number, currency: string): string =>
  `${toMajor(minor, currency).toFixed(digitsOf(currency))} ${currency}`;
