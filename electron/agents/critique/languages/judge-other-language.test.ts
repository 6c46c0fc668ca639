import { describe, expect, it } from 'vitest';

import type { CritiqueIssueKind, Support } from '../../../../shared/domain/critique.js';
import { draftOf, libraryOf } from '../../../evaluation/critique-set.js';
import { emptyTeam } from '../../../workspace/team-loader.js';
import { checkDraft } from '../check-draft.js';

const german = {
  title: 'Artikel zurückgeben',
  text: 'Sie können einen Artikel innerhalb von 30 Tagen nach der Lieferung zurückgeben. Matratzen können nicht zurückgegeben werden, sobald die Schutzfolie geöffnet ist. Die Erstattung erfolgt 5 bis 7 Werktage nach Eingang der Ware.',
};
const french = {
  title: 'Garantie des lampes',
  text: 'Nos lampes sont garanties 3 ans à compter de la date d’achat. La garantie ne couvre pas les ampoules. Signalez le défaut avant de renvoyer la lampe.',
};
const spanish = {
  title: 'Devolver un artículo',
  text: 'Puede devolver un artículo en un plazo de 30 días después de la entrega. La devolución cuesta 4,95 EUR. No ofrecemos pago a plazos.',
};
const english = {
  title: 'Return a lamp',
  text: 'You have 30 days from delivery to return a lamp. The refund arrives within 5 business days. Paying by invoice is limited to 1,500.00 EUR.',
};

function judged(sentence: string, passages: readonly { title: string; text: string; validUntil?: string }[]) {
  const found = passages.map(({ title, text, validUntil = null }) => ({ title, text, validUntil }));
  const { sentences, verdict } = checkDraft({
    draft: draftOf([sentence]),
    library: libraryOf({ passages: found, facts: [] }),
    ...{ team: emptyTeam('Shop'), query: 'how long can i return it', own: '', today: '2026-11-20' },
  });
  const [only] = sentences;
  return { support: only?.support, kinds: only?.issues.map(({ kind }) => kind) ?? [], only, verdict };
}

type Row = readonly [string, { title: string; text: string }, Support, CritiqueIssueKind | null];
const rows: readonly Row[] = [
  ['Für die Rückgabe eines Artikels haben Sie nach der Lieferung 30 Tage.', german, 'supported', null],
  [
    'Sie können einen Artikel innerhalb von 60 Tagen nach der Lieferung zurückgeben.',
    german,
    'unsupported',
    'number_not_in_source',
  ],
  [
    'Die Erstattung erfolgt 5 bis 7 Stunden nach Eingang der Ware.',
    german,
    'unsupported',
    'number_not_in_source',
  ],
  [
    'Matratzen können zurückgegeben werden, sobald die Schutzfolie geöffnet ist.',
    german,
    'unsupported',
    'negation_differs',
  ],
  [
    'Die Erstattung erfolgt 5 bis 7 Werktage vor Eingang der Ware.',
    german,
    'unsupported',
    'condition_differs',
  ],
  ['Auf Lampen geben wir drei Jahre Garantie ab dem Kaufdatum.', german, 'unsupported', 'low_coverage'],
  ['La garantie de nos lampes est de 3 ans à compter de la date d’achat.', french, 'supported', null],
  [
    'Nos lampes sont garanties 5 ans à compter de la date d’achat.',
    french,
    'unsupported',
    'number_not_in_source',
  ],
  ['La garantie couvre les ampoules.', french, 'unsupported', 'negation_differs'],
  ['Signalez le défaut après avoir renvoyé la lampe.', french, 'unsupported', 'condition_differs'],
  ['La livraison en Belgique prend quelques jours ouvrables.', french, 'unsupported', 'low_coverage'],
  ['Tiene 30 días después de la entrega para devolver un artículo.', spanish, 'supported', null],
  ['La devolución cuesta 9,45 EUR.', spanish, 'unsupported', 'number_not_in_source'],
  ['Ofrecemos pago a plazos.', spanish, 'unsupported', 'negation_differs'],
];

describe('a sentence beside evidence in its own language', () => {
  // Catches: a right German sentence that is weak, a wrong one that passes because its words are not read.
  it.each(rows)('%s', (sentence, article, support, kind) => {
    const found = judged(sentence, [article]);
    expect(found.support).toBe(support);
    if (kind !== null) expect(found.kinds).toContain(kind);
    else expect(found.only?.decidedBy).toMatchObject({ kind: 'evidence', evidenceId: 'E1' });
  });

  // Catches: a rule that ran out, in another language.
  it('knows an outdated source', () => {
    const old = { ...german, validUntil: '2026-01-31' };
    expect(
      judged('Sie können einen Artikel innerhalb von 30 Tagen nach der Lieferung zurückgeben.', [old]),
    ).toMatchObject({
      support: 'unsupported',
      kinds: ['source_expired'],
    });
  });
});

describe('a sentence whose evidence is in another language', () => {
  // Catches: a reply in the customer's language that is withheld because nobody can read it, or a wrong number that is not seen.
  it.each([
    ['Sie können die Lampe innerhalb von 30 Tagen nach der Lieferung zurückgeben.', 'weak', 'other_language'],
    ['Vous recevez le remboursement sous cinq jours ouvrables.', 'weak', 'other_language'],
    ['El pago con factura está limitado a 1.500,00 EUR.', 'weak', 'other_language'],
    ['Du har 30 dage fra levering til at returnere en lampe.', 'weak', 'other_language'],
    [
      'Sie können die Lampe innerhalb von 30 Wochen nach der Lieferung zurückgeben.',
      'unsupported',
      'number_not_in_source',
    ],
    ['El pago con factura está limitado a 2.500,00 EUR.', 'unsupported', 'number_not_in_source'],
    ['Du har 60 dage fra levering til at returnere en lampe.', 'unsupported', 'number_not_in_source'],
  ])('%s', (sentence, support, kind) => {
    const found = judged(sentence, [english]);
    expect([found.support, found.kinds]).toEqual([support, [kind]]);
    expect(found.verdict).toBe(support === 'weak' ? 'pass' : 'withhold');
  });

  // Catches: an English reply over German knowledge turned down for its English words.
  it('English over German evidence is weak', () => {
    expect(judged('You can return an item within 30 days of delivery.', [german]).support).toBe('weak');
    expect(judged('You can return an item within 60 days of delivery.', [german]).support).toBe(
      'unsupported',
    );
  });

  // Catches: the one article in the customer's language hiding the English one that says it.
  it('looks at all languages before it turns a sentence down', () => {
    const found = judged('Der Rechnungskauf ist auf höchstens 1.500,00 EUR begrenzt.', [german, english]);
    expect([found.support, found.kinds]).toEqual(['weak', ['other_language']]);
  });
});
