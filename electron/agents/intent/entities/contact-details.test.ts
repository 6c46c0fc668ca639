import { expect, it } from 'vitest';

import { createPhoneFinder } from './contact-details.js';

// Catches: a part of a bank account or a card that is called by a rep, or shown as the customer's number.
it('takes no part of a bank account or a card for a phone number', () => {
  const find = createPhoneFinder('Europe/Amsterdam');
  expect(find('IBAN GB63 NWBK 3398 0821 8992 85, card 4111 1111 1111 1111')).toEqual([]);
  const text = 'IBAN GB63 NWBK 3398 0821 8992 85, call +31 20 794 7345';
  expect(find(text).map(({ value }) => value)).toEqual(['+31207947345']);
});
