import { describe, expect, it } from 'vitest';

import type { Entity } from '../../../shared/domain/intent.js';
import { isEllipticText, resolveEllipsis } from './ellipsis.js';

const country = (text: string): Entity => ({
  kind: 'country',
  text,
  value: text,
  messageId: '1',
  start: 0,
  end: 1,
});

describe('A follow-up', () => {
  it.each([
    'Great, thank you. And for Switzerland?',
    'and express?',
    'How long does that take?',
    'HP-104233',
    'what about the white one',
    'also, can you do it for this one?',
  ])('leans on what was said: %s', (text) => expect(isEllipticText(text, false)).toBe(true));

  it.each([
    'Can I pay with PayPal in the Netherlands?',
    'I would like to know how I can cancel my Morning Crate subscription before Friday.',
    'ok thanks. also my promo code does not work',
    'One more thing: how do I cancel my Morning Crate?',
    'By the way, my new address has a typing error',
    'The kettle I received yesterday is leaking and I want a replacement.',
  ])('stands alone: %s', (text) => expect(isEllipticText(text, false)).toBe(false));

  it('asks the earlier question about the newer thing', () => {
    expect(
      resolveEllipsis(
        { text: 'Hello. How much is delivery to Germany?', entities: [country('Germany')] },
        { text: 'Great, thank you. And for Switzerland?', entities: [country('Switzerland')] },
      ),
    ).toBe('How much is delivery to Switzerland?');
  });

  it('follows the earlier need when nothing can be swapped', () => {
    expect(
      resolveEllipsis(
        { text: 'Do you sell kettles?', entities: [] },
        { text: 'Ok. In black?', entities: [] },
      ),
    ).toBe('Do you sell kettles? In black?');
  });
});
