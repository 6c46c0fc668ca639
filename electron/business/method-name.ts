/** Codes business systems give ways to pay, as they are printed. */
const names: Readonly<Record<string, string>> = {
  visa: 'Visa card',
  mastercard: 'Mastercard',
  amex: 'Amex card',
  paypal: 'PayPal',
  ideal: 'iDEAL',
  bancontact: 'Bancontact',
  sepa: 'SEPA',
  klarna: 'Klarna',
  card: 'card',
  'gift-card': 'gift card',
};

/** A code as customers know it; one that is not known in its own words. */
export const methodName = (code: string): string =>
  names[code.toLowerCase()] ?? code.replaceAll(/[_-]+/gu, ' ').trim();
