import { expect, test } from './fixtures.js';
import { stageConversation } from './probes/stage-conversation.js';

const arabic = 'مرحبا، أين طلبي؟';
const newest = [
  '',
  '👩🏽‍🚀🧵 where is it?? 🙏🏿',
  'x '.repeat(51_200),
  '<b>bold</b> <script>window.injected = 1</script>',
  arabic,
];

// Catches a window that draws all of a long conversation, and one that breaks at texts only real customers write.
test('ten thousand messages and texts of every kind are shown', async ({ stage }) => {
  const desk = await stage.open({ play: ['01-order-status'] });
  const { inbox, page } = desk;
  await expect(inbox.row('Femke de Vries')).toBeVisible();
  await stageConversation(desk.cuecard.app, { id: 'c-long', customer: 'Layla Haddad', count: 9_995, newest });
  await inbox.open('Layla Haddad');
  const shown = desk.messages.getByRole('listitem');

  await test.step('opens at the newest message, written from right to left', async () => {
    const last = shown.last();
    await expect(last).toHaveAttribute('aria-posinset', '10000');
    await expect(last).toHaveAttribute('aria-setsize', '10000');
    await expect(last).toBeInViewport();
    await expect(last.getByText(arabic)).toHaveCSS('direction', 'rtl');
    expect(await shown.count()).toBeLessThan(60);
  });

  await test.step('shows markup as text, an empty message as empty, and a very long one in part', async () => {
    await expect(shown.filter({ hasText: '<b>bold</b> <script>' })).toBeVisible();
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    await expect(shown.getByText('(empty message)')).toHaveCount(1);
    await expect(shown.getByText('👩🏽‍🚀🧵')).toHaveCount(1);
    await shown.getByRole('button', { name: 'Show all 102,400 characters' }).click();
    await expect(shown.getByRole('button', { name: 'Show less' })).toHaveCount(1);
    await shown.getByRole('button', { name: 'Show less' }).click();
  });

  await test.step('scrolls to the first message', async () => {
    await desk.messages.focus();
    await page.keyboard.press('Home');
    await expect(shown.first()).toHaveAttribute('aria-posinset', '1');
    await expect(shown.first()).toContainText('Message 1 of a long conversation.');
    expect(await shown.count()).toBeLessThan(60);
  });
});
