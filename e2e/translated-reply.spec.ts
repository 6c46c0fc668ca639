import type { Locator } from '@playwright/test';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { settingsFor, startWritingModel, type WritingModel } from './probes/writing-model.js';

let model: WritingModel;
test.beforeEach(async () => {
  model = await startWritingModel();
});
test.afterEach(() => model.close());

/** The reply in German, with the day and the days since it that the demo's order has today. */
async function germanOf(reply: Locator): Promise<string[]> {
  const said = /delivered on (\d{1,2} \w+ \d{4}), (\d+) days ago/.exec(await reply.innerText());
  const [, day = '', days = ''] = said ?? [];
  const date = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day} 12:00 UTC`),
  );
  return [
    'Hallo Siobhan,',
    `Ihre Bestellung HP-104228 (Buoy Table Lamp Brass) wurde am ${date}, vor ${days} Tagen, geliefert. [A1]`,
    ...GERMAN,
  ];
}

const GERMAN = [
  'Sie haben ab Lieferung 30 Tage Zeit, einen Artikel an uns zurückzugeben. [A2]',
  'Der Artikel muss unbenutzt und in der Originalverpackung sein. [A3]',
  'Für Bestellungen vom 1. November bis 24. Dezember gilt: bis zum 31. Januar. [A4]',
  'Öffnen Sie Account > Orders und wählen Sie Return an item, um die Rückgabe zu beginnen. [A5]',
  'Drucken Sie dann das Rücksendeetikett und geben Sie das Paket an einer Postway-Stelle ab. [A6]',
  'Ich hoffe, das hilft. Antworten Sie einfach auf diese Nachricht, wenn noch etwas unklar ist.',
  'Harbour & Pine Support',
];

// Catches a translation whose sentences are all weak although each was checked, and a verdict that does not say where it comes from.
test('a translated reply carries the verdicts of its original, and shows it', async ({ stage }) => {
  const desk = await stage.open({ play: ['03-return-with-typos'] });
  const { card, page } = desk;
  await desk.openCard('Siobhan Kearney');
  await ask(page, 'models.save', { settings: settingsFor(model.address), secrets: {} });
  model.answer({ lines: await germanOf(card.reply) });
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Translate to German' }).click();
  await expect(card.reply).toContainText('30 Tage');
  await expect(card.reply).toContainText('6 of 6 sentences supported');
  await card.claims
    .nth(1)
    .getByRole('button', { name: /^Sentence / })
    .focus();
  await page.keyboard.press('Enter');
  const verdict = desk.dialog('Checked by critique');
  await expect(verdict).toContainText('The sentence it was translated from is in its source');
  await expect(verdict).toContainText('Translated from');
  await expect(verdict).toContainText('You have 30 days from delivery to return an item to us.');
  await page.keyboard.press('x');
  await desk.expectNotice('Sentence taken out.');
  await expect(card.reply).toContainText('5 of 5 sentences supported');
});

// Catches a "not" lost in translation that goes out by one key.
test('a sentence that says something else than its original is not inserted by one key', async ({
  stage,
}) => {
  const desk = await stage.open({ play: ['03-return-with-typos'] });
  const { card, page } = desk;
  await desk.openCard('Siobhan Kearney');
  await ask(page, 'models.save', { settings: settingsFor(model.address), secrets: {} });
  model.answer({
    lines: (await germanOf(card.reply)).map((line) =>
      line
        .replace('muss unbenutzt', 'muss nicht unbenutzt')
        .replace('an einer Postway', 'bei DHL an einer Postway'),
    ),
  });
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Translate to German' }).click();
  await expect(card.reply).toContainText('30 Tage');
  await expect(card.reply).toContainText('2 sentences not supported');
  await page.keyboard.press('i');
  await expect(desk.dialog('Not everything in this reply is supported')).toContainText('DHL');
});
