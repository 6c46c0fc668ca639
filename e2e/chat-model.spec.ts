import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import { seriousIssues } from './probes/accessibility.js';
import { startChatService } from './probes/chat-service.js';

const KEY = 'key-of-the-e2e-chat-service';
const screens = path.join(repoRoot, 'test-results/screens');

// Catches a model that cannot be set up with the keyboard, a key that gets anywhere, and a form that is cut off.
test('a chat model is set up, tested, limited and turned off', async ({ stage }) => {
  await mkdir(screens, { recursive: true });
  const service = await startChatService(KEY, 'gpt-5-mini');
  try {
    const desk = await stage.open({ play: ['01-order-status'] });
    const { page } = desk;
    const settings = desk.dialog('Settings');
    const form = settings.getByRole('form', { name: 'Chat model' });
    const status = form.getByRole('status');
    await desk.press(',');
    await expect(form).toContainText('Nothing is sent to a model.');
    await form.getByRole('radio', { name: 'My own' }).check();
    await form.getByLabel('Service', { exact: true }).selectOption('openai');
    await form.getByLabel('Address', { exact: true }).fill(service.address);
    await form.getByRole('button', { name: 'Test' }).click();
    await expect(status).toContainText('Give the name of the model.');
    await expect(form).toContainText('Asks a model on this computer');

    await test.step('what is wrong is said exactly, with what to do', async () => {
      await form.getByLabel('Model', { exact: true }).fill('gpt-9');
      await form.getByLabel('Key', { exact: true }).fill('wrong');
      await page.keyboard.press('Enter');
      await expect(status).toContainText('The service does not accept the key.');
      await form.getByLabel('Key', { exact: true }).fill(KEY);
      await page.keyboard.press('Enter');
      await expect(status).toContainText('The service does not know this model.');
      await form.getByLabel('Model', { exact: true }).fill('gpt-5-mini');
      await page.keyboard.press('Enter');
      await expect(status).toContainText('Works: first words after');
      expect(service.requests.at(-1)).toContain('This is a test of the connection.');
    });

    await test.step('it is used within limits', async () => {
      for (const part of ['More', 'Limits', 'Steps']) await form.getByText(part, { exact: true }).click();
      await form.getByLabel('US dollars a day').fill('1.5');
      await form.getByLabel('Check: who').selectOption('local');
      await form.getByLabel('Draft: seconds').fill('20');
      for (const theme of ['light', 'dark'] as const)
        for (const layout of ['full', 'beside'] as const) {
          await desk.look({ theme, layout });
          await page.waitForTimeout(300);
          await form.getByRole('radio', { name: 'My own' }).scrollIntoViewIfNeeded();
          await page.screenshot({ path: path.join(screens, `chat-model-${theme}-${layout}.png`) });
          await form.getByRole('button', { name: 'Use it' }).scrollIntoViewIfNeeded();
          await page.screenshot({ path: path.join(screens, `chat-model-${theme}-${layout}-end.png`) });
          expect(
            await settings.evaluate((element) => element.scrollWidth - element.clientWidth),
          ).toBeLessThanOrEqual(0);
        }
      expect(await seriousIssues(page)).toEqual([]);
      await desk.look({ layout: 'full' });
      await form.getByRole('button', { name: 'Use it' }).click();
      await expect(status).toContainText('In use from the next card on.');
      const view = await ask(page, 'models.read', undefined);
      expect(view).toMatchObject({
        source: 'own',
        settings: {
          isOn: true,
          limits: { dailyCostMicros: 1_500_000 },
          routes: { critique: { models: [] }, drafting: { timeLimitMs: 20_000 } },
        },
      });
    });

    await test.step('the key is in no file that could be read, and in no answer to the window', async () => {
      expect(JSON.stringify(await ask(page, 'models.read', undefined))).not.toContain(KEY);
      for (const entry of await readdir(stage.home, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const content = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
        expect(content.includes(KEY), entry.name).toBe(false);
      }
    });

    await form.getByRole('radio', { name: 'Off' }).check();
    await expect.poll(async () => (await ask(page, 'models.read', undefined)).settings.isOn).toBe(false);
    await form.getByRole('radio', { name: 'My own' }).check();
    await expect(form.getByLabel('Model', { exact: true })).toHaveValue('gpt-5-mini');
  } finally {
    await service.close();
  }
});
