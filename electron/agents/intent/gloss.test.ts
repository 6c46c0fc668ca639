import { describe, expect, it } from 'vitest';

import { glossOf } from './gloss.js';

describe('A word-for-word reading', () => {
  it.each([
    ['Wo ist meine Bestellung?', 'de', 'where my order?'],
    ['Waar is mijn pakket?', 'nl', 'where my parcel?'],
    ['O\u00f9 est ma commande ?', 'fr', 'where my order?'],
    ['\u00bfD\u00f3nde est\u00e1 mi pedido?', 'es', 'where my order?'],
  ])('%s', (text, language, english) => {
    expect(glossOf(text, language)).toBe(english);
  });

  it('is not tried for other languages or when hardly a word is known', () => {
    expect(glossOf('Gdzie jest moja paczka?', 'pl')).toBeNull();
    expect(glossOf('Der Himmel ist blau', 'de')).toBeNull();
  });
});
