import { ask } from './bridge.js';
import { expect, sharedDesk, test } from './fixtures.js';

const desk = sharedDesk({ play: ['03-return-with-typos', '09-nothing-in-the-knowledge'] });

// Catches a verdict that names a source and not the words that decided it.
test('behind each supported sentence stand the very words that decide it', async () => {
  const { card, page } = desk();
  await desk().openCard('Siobhan Kearney');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-03' });
  if (suggestion?.outcome !== 'reply') throw new Error('A reply was expected.');
  const { critique, evidence } = suggestion;
  const judged = critique.sentences.find(({ decidedBy }) => decidedBy?.kind === 'evidence');
  if (judged?.decidedBy?.kind !== 'evidence')
    throw new Error('A sentence decided by a passage was expected.');
  const { evidenceId, span } = judged.decidedBy;
  const passage = evidence.find(({ id }) => id === evidenceId);
  if (!passage) throw new Error(`${evidenceId} is not among the sources.`);
  const words = passage.text.slice(span.start - passage.span.start, span.end - passage.span.start);
  await card.verdictOf(judged.sentenceId).focus();
  await page.keyboard.press('Enter');
  const verdict = desk().dialog('Checked by critique');
  await expect(verdict).toContainText('Supported');
  await expect(verdict.locator('blockquote').last()).toHaveText(words.replace(/\s+/g, ' ').trim());
  await page.keyboard.press('o');
  await expect(desk().sources.citedWords.first()).toBeInViewport();
  await desk().backToInbox();
});

// Catches a reply that can be judged and not mended, and a change that cannot be taken back.
test('a sentence is taken out by one key, checked again, and put back by another', async () => {
  const { card, composer, page } = desk();
  await desk().openCard('Siobhan Kearney');
  const claims = await card.claims.count();
  const unwanted = await card.claims.last().locator('.sentence-text').allTextContents();
  await card.claims
    .last()
    .getByRole('button', { name: /^Sentence / })
    .focus();
  await page.keyboard.press('x');
  await desk().expectNotice('Sentence taken out.');
  await expect(card.claims).toHaveCount(claims - 1);
  await expect(card.reply).toContainText(`${claims - 1} of ${claims - 1} sentences supported`);
  await page.keyboard.press('i');
  await expect(composer.field).not.toHaveValue('');
  await expect(composer.field).not.toHaveValue(new RegExp(escaped(unwanted.join(''))));
  await page.keyboard.press('z');
  await expect(card.claims).toHaveCount(claims);
});

// Catches a rep who is told that there is no answer and left alone with it.
test('where there is no reply, a question to the customer is one key away', async () => {
  const { card, composer, page } = desk();
  await desk().openCard('Jasper Mulder');
  await card.finished('withheld');
  await expect(card.part('A question to ask instead')).toContainText('Alder Bed Frame');
  await page.keyboard.press('q');
  await expect(composer.field).toHaveValue(/^Hi Jasper,[^]*Could you tell me[^]*\?/);
});

// Catches a long thread nobody has time to read again, and a note that cannot be kept.
test('the thread is summed up, with a note for the record', async () => {
  await desk().openCard('Siobhan Kearney');
  await desk().press('g s');
  const summary = desk().dialog('Summary');
  await expect(summary).toContainText(
    'Siobhan Kearney wants: how logn do i have to sned it bak and wher do i strat?',
  );
  await expect(summary).toContainText('Still open');
  await summary.getByRole('button', { name: 'Write the note' }).click();
  await expect(summary).toContainText('The team has not answered.');
  await summary.getByRole('button', { name: 'Add as internal note' }).click();
  await desk().expectNotice('Internal note added.');
  await desk().backToInbox();
});

const escaped = (text: string): string => text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
