import { describe, expect, it } from 'vitest';

import type { Critique, Support } from '../../../shared/domain/critique.js';
import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import { alignTranslation } from './align-translation.js';
import { inheritVerdicts } from './inherit-verdicts.js';

const cite = (start: number): Citation => ({
  kind: 'evidence',
  evidenceId: 'E1',
  span: { start, end: start + 9 },
});

function sentence(
  id: string,
  text: string,
  citations: Citation[] = [],
  role: DraftSentence['role'] = 'claim',
): DraftSentence {
  return { id, text, role, citations, lead: 'space' };
}

const RETURN = 'You have 30 days from delivery to return an item.';
const MATTRESS = 'Mattresses cannot be returned once the film is open.';
const CARRIER = 'Holm Freight brings order HP-104233 before 18 November 2026.';
const english = [
  sentence('S1', 'Hi Ada,', [], 'courtesy'),
  sentence('S2', RETURN, [cite(0)]),
  sentence('S3', MATTRESS, [cite(20)]),
  sentence('S4', CARRIER, [cite(40)]),
];
const critiqueOf = (...supports: Support[]): Critique => ({
  verdict: 'pass',
  sentences: supports.map((support, at) => ({
    ...{ sentenceId: `S${String(at + 1)}`, support, issues: [] },
    decidedBy: support === 'not_needed' ? null : cite((at - 1) * 20),
  })),
  issues: [],
  groundedness: 1,
});
const checked = {
  sentences: english,
  critique: critiqueOf('not_needed', 'supported', 'supported', 'supported'),
};

const translations = {
  de: [
    'Hallo Ada,',
    'Sie haben ab Lieferung 30 Tage Zeit, einen Artikel zurückzugeben.',
    'Matratzen können nicht zurückgegeben werden, sobald die Folie geöffnet ist.',
    'Holm Freight bringt die Bestellung HP-104233 vor dem 18. November 2026.',
  ],
  fr: [
    'Bonjour Ada,',
    'Vous avez 30 jours à compter de la livraison pour retourner un article.',
    'Les matelas ne peuvent pas être retournés une fois le film ouvert.',
    'Holm Freight apporte la commande HP-104233 avant le 18 novembre 2026.',
  ],
  es: [
    'Hola, Ada:',
    'Tiene 30 días desde la entrega para devolver un artículo.',
    'Los colchones no se pueden devolver una vez abierta la funda.',
    'Holm Freight trae el pedido HP-104233 antes del 18 de noviembre de 2026.',
  ],
} as const;

const translated = (texts: readonly string[]): DraftSentence[] =>
  texts.map((text, at) =>
    sentence(`S${String(at + 1)}`, text, [...(english[at]?.citations ?? [])], english[at]?.role ?? 'claim'),
  );

describe('a translation of a checked reply', () => {
  // Catches: a translation that is weak although every sentence of it was checked.
  it.each(Object.entries(translations))('carries the verdicts: %s', (language, texts) => {
    const { sentences, groundedness } = inheritVerdicts(checked, translated(texts), language);
    expect(sentences.map(({ support }) => support)).toEqual([
      'not_needed',
      'supported',
      'supported',
      'supported',
    ]);
    expect(sentences.map(({ decidedBy }) => decidedBy)).toEqual([null, cite(0), cite(20), cite(40)]);
    expect(sentences[1]?.through).toEqual({ kind: 'original', text: RETURN });
    expect(groundedness).toBe(1);
  });

  // Catches: a number, unit, "not", condition, name or code that changed on the way and keeps its verdict.
  it.each([
    ['de', 1, 'Sie haben ab Lieferung 13 Tage Zeit, einen Artikel zurückzugeben.', 'number_not_in_source'],
    ['de', 1, 'Sie haben ab Lieferung 30 Wochen Zeit, einen Artikel zurückzugeben.', 'number_not_in_source'],
    ['de', 2, 'Matratzen können zurückgegeben werden, sobald die Folie geöffnet ist.', 'negation_differs'],
    ['fr', 2, 'Les matelas peuvent être retournés une fois le film ouvert.', 'negation_differs'],
    ['es', 2, 'Los colchones se pueden devolver una vez abierta la funda.', 'negation_differs'],
    ['fr', 3, 'Holm Freight apporte la commande HP-104233 après le 18 novembre 2026.', 'condition_differs'],
    [
      'es',
      3,
      'Holm Freight trae el pedido HP-104239 antes del 18 de noviembre de 2026.',
      'number_not_in_source',
    ],
    ['de', 3, 'DHL bringt die Bestellung HP-104233 vor dem 18. November 2026.', 'name_not_in_source'],
    ['fr', 3, 'Holm Freight apporte la commande HP-104233 avant le 8 novembre 2026.', 'date_not_in_source'],
  ] as const)('%s sentence %i: %s', (language, at, text, kind) => {
    const texts = translations[language].map((own, place) => (place === at ? text : own));
    const found = inheritVerdicts(checked, translated(texts), language).sentences[at];
    expect(found?.support).toBe('unsupported');
    expect(found?.issues.map((issue) => issue.kind)).toContain(kind);
  });

  // Catches: a translation that makes a weak or wrong sentence look better.
  it('is never better than its original', () => {
    const critique = critiqueOf('not_needed', 'weak', 'unsupported', 'supported');
    const { sentences, verdict } = inheritVerdicts(
      { sentences: english, critique },
      translated(translations.de),
      'de',
    );
    expect(sentences.map(({ support }) => support)).toEqual([
      'not_needed',
      'weak',
      'unsupported',
      'supported',
    ]);
    expect(verdict).toBe('revise');
  });

  // Catches: a sentence the model added, dressed in the evidence of its neighbour.
  it('a claim that translates nothing is unsupported', () => {
    const after = translated(translations.de);
    after.splice(3, 0, sentence('S9', 'Außerdem schenken wir Ihnen einen Gutschein.'));
    const { sentences } = inheritVerdicts(checked, after, 'de');
    expect(sentences.map(({ support }) => support)).toEqual([
      'not_needed',
      'supported',
      'supported',
      'unsupported',
      'supported',
    ]);
  });

  // Catches: words of a language nobody reads here called agreed.
  it('into a language that is not compared is weak, with the reason', () => {
    const { sentences } = inheritVerdicts(
      checked,
      translated([
        'Cześć Ada,',
        'Masz 30 dni od dostawy na zwrot.',
        'Materacy nie można zwrócić po otwarciu folii.',
        'Holm Freight przywiezie HP-104233 przed 18 listopada 2026.',
      ]),
      'pl',
    );
    expect(sentences[1]).toMatchObject({ support: 'weak', issues: [{ kind: 'other_language' }] });
    expect(sentences[1]?.issues[0]?.message).toContain('Polish');
  });
});

describe('which sentence translates which', () => {
  // Catches: every sentence after a split one laid beside the wrong original.
  it('one that was split, one that was joined', () => {
    const split = [
      ...translated(translations.de).slice(0, 1),
      sentence('S2', 'Sie haben 30 Tage Zeit.', [cite(0)]),
      sentence('S3', 'Sie beginnen mit der Lieferung eines Artikels.', [cite(0)]),
      ...translated(translations.de).slice(2),
    ];
    expect(alignTranslation(english, split)).toEqual([[0], [1], [1], [2], [3]]);
    const joined = [
      ...translated(translations.de).slice(0, 1),
      sentence(
        'S2',
        `${translations.de[1].slice(0, -1)}, Matratzen jedoch nicht, sobald die Folie geöffnet ist.`,
        [cite(0), cite(20)],
      ),
      ...translated(translations.de).slice(3),
    ];
    expect(alignTranslation(english, joined)).toEqual([[0], [1, 2], [3]]);
  });
});
