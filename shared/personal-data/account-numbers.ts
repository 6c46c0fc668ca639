/** International bank account numbers (ISO 13616), in one piece or in groups of four. */
export const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g;
/** What may be the number of a payment card; {@link passesLuhn} tells. */
export const CARD = /\b(?:\d[ -]?){12,18}\d\b/g;

/** Check digit of card numbers, ISO/IEC 7812-1; spaces and dashes do not count. */
export function passesLuhn(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.length >= 13 && sum % 10 === 0;
}
