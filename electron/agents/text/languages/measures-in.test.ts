import { describe, expect, it } from 'vitest';

import { sameMeasure } from '../measures.js';
import type { ReadLanguage } from './language-words.js';
import { measuresIn } from './measures-in.js';
import { whichLanguage } from './which-language.js';

const pairs: readonly (readonly [ReadLanguage, string, string])[] = [
  ['de', 'Sie haben ab Lieferung 30 Tage Zeit.', 'You have 30 days from delivery.'],
  ['de', 'Die Erstattung dauert drei bis fünf Werktage.', 'The refund takes 3 to 5 business days.'],
  [
    'de',
    'Die Lieferung kostet 4,95 €, ab 1.250,00 EUR ist sie frei.',
    'Delivery costs 4.95 EUR, from 1,250.00 EUR it is free.',
  ],
  [
    'de',
    'Das Angebot gilt bis zum 18. November 2026, 14 Uhr.',
    'The offer holds until 18 November 2026, 2 pm.',
  ],
  ['de', 'Ihre 14-tägige Frist endet am 03.12.2026.', 'Your 14-day period ends on 3 December 2026.'],
  ['de', 'Sie werden zweimal pro Woche benachrichtigt.', 'You are notified twice per week.'],
  ['fr', 'Le remboursement prend 3 à 5 jours ouvrables.', 'The refund takes 3-5 business days.'],
  [
    'fr',
    'La livraison coûte 1 250,50 € et arrive le 1er décembre 2026.',
    'Delivery costs 1,250.50 EUR and arrives on 1 December 2026.',
  ],
  ['fr', 'La garantie dure deux ans.', 'The warranty lasts two years.'],
  [
    'es',
    'Tiene 30 días desde la entrega; cuesta 4,95 euros.',
    'You have 30 days from delivery; it costs 4.95 EUR.',
  ],
  [
    'es',
    'Llega en un plazo de dos a cuatro días laborables.',
    'It arrives within two to four business days.',
  ],
  ['es', 'Lo recibirá el 18 de noviembre de 2026.', 'You will get it on 18 November 2026.'],
  ['it', 'Il rimborso richiede fino a 5 giorni lavorativi.', 'The refund takes up to 5 business days.'],
  ['nl', 'De garantie duurt 24 maanden, lampen 3 jaar.', 'The warranty lasts 24 months, lamps 3 years.'],
  ['pt', 'O reembolso demora entre 3 e 5 dias úteis.', 'The refund takes between 3 and 5 business days.'],
  [
    'pt',
    'Entregamos em 18 de novembro de 2026 a pedido HP-104233.',
    'We deliver order HP-104233 on 18 November 2026.',
  ],
];

describe('measures of a sentence in its language', () => {
  // Catches: "1.250,00" read as 1.25, a unit nobody reads, a month taken for a number.
  it.each(pairs)('%s: %s', (language, said, inEnglish) => {
    const own = measuresIn(said, language);
    const english = measuresIn(inEnglish, 'en');
    expect(own.map(({ unit, value }) => `${unit} ${value}`).sort()).toEqual(
      english.map(({ unit, value }) => `${unit} ${value}`).sort(),
    );
    expect(own.every((one) => english.some((other) => sameMeasure(one, other)))).toBe(true);
  });

  // Catches: the wrong words marked on the card.
  it('gives places in the original', () => {
    const text = 'Die Erstattung dauert höchstens fünf Werktage ab Eingang.';
    const [only] = measuresIn(text, 'de');
    expect([only?.bound, text.slice(only?.start, only?.stop)]).toEqual(['at_most', 'fünf Werktage']);
  });

  // Catches: articles and homonyms counted as numbers.
  it('counts no article', () => {
    expect(measuresIn('Ein Artikel muss neu sein.', 'de')).toEqual([]);
    expect(measuresIn('Un article neuf a une étiquette.', 'fr')).toEqual([]);
    expect(measuresIn('A devolução é feita a pedido.', 'pt')).toEqual([]);
  });
});

describe('the language of a sentence', () => {
  // Catches: a sentence compared by the words of another language.
  it.each(pairs)('%s: %s', (language, said, inEnglish) => {
    expect([whichLanguage(said), whichLanguage(inEnglish)]).toEqual([language, 'en']);
  });
});
