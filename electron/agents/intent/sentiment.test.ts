import { describe, expect, it } from 'vitest';

import { readMood } from './sentiment.js';

describe('The mood of a message', () => {
  it.each([
    'Where is my order?',
    'Please cancel my order, it was a mistake.',
    'My parcel is lost and the tracking shows an error. Can you help?',
    'The lamp arrived broken and one piece is missing.',
    'I was charged twice, please refund the second payment.',
    'Good morning, I would like to return a lamp. Thanks a lot and kind regards',
    'Payment failed with PAY-311',
    'How does Pay in 3 work? My promo code does not work and I am unable to pay.',
    'THX',
    '',
  ])('is calm when the words only name a problem or a courtesy: %s', (text) => {
    expect(readMood(text).sentiment).toBe('neutral');
  });

  it.each([
    'This is absolutely unacceptable, I am furious!!!',
    'WHERE IS MY REFUND I HAVE WAITED THREE WEEKS',
    'you are a bunch of liars and crooks',
    'worst service EVER!! ridiculous',
  ])('is angry when insulted, shouted or exclaimed: %s', (text) => {
    expect(readMood(text).sentiment).toBe('angry');
  });

  it('tells disappointment from anger', () => {
    expect(readMood('I am very disappointed and sad about this terrible experience.').sentiment).toBe(
      'negative',
    );
  });

  it('takes joy with exclamation marks for joy', () => {
    expect(readMood('Wow, I love the blanket!! It is beautiful and so soft!!!').sentiment).toBe('positive');
  });

  it('passes the limit for a human only with several signs', () => {
    expect(readMood('This is ridiculous.').anger).toBeLessThan(0.75);
    const raging = readMood('You incompetent clowns, this is a ridiculous scam!!! I AM DONE WITH THIS SHIT');
    expect(raging.anger).toBeGreaterThanOrEqual(0.75);
  });

  it('says which words decided', () => {
    expect(readMood('I am furious, this is unacceptable!!').words).toEqual(
      expect.arrayContaining(['furious', 'unacceptable', '!!']),
    );
  });
});
