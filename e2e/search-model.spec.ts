import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { startEmbeddingService } from './probes/embedding-service.js';

const play = ['01-order-status'];
const KEY = 'key-of-the-e2e-service';
const workspaceOf = (home: string): string => path.join(home, 'workspaces', 'demo');

/** Opens the settings and walks with Tab to a control, as a rep without a mouse does. */
async function tabTo(desk: Desk, control: ReturnType<Desk['dialog']>): Promise<void> {
  for (let step = 0; step < 40; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await desk.page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there.');
}

async function embedderId(desk: Desk): Promise<string> {
  const status = await ask(desk.page, 'knowledge.status', undefined);
  return status.state === 'ready' ? status.embedder : status.state;
}

/** Titles found for a question, and how. */
async function find(desk: Desk): Promise<{ mode: string; titles: string[] }> {
  const { passages, mode } = await ask(desk.page, 'knowledge.search', {
    query: 'how long do I have to return a lamp',
    ...({ pool: 'articles', brand: null, product: null, withInternal: false } as const),
  });
  return { mode, titles: passages.map(({ articleTitle }) => articleTitle) };
}

// Catches a choice that only a mouse can make, a search that stops while it is carried out, and a key that gets anywhere.
test('the search model is changed to a service and back, and passages are found all the time', async ({
  stage,
}) => {
  const service = await startEmbeddingService(KEY);
  try {
    const desk = await stage.open({ play });
    const { page } = desk;
    await expect.poll(() => embedderId(desk)).toMatch(/^use-lite/);
    const bundled = await embedderId(desk);
    const { titles } = await find(desk);
    expect(titles.length).toBeGreaterThan(0);

    const settings = desk.dialog('Settings');
    const form = settings.getByRole('form', { name: 'Search model' });
    await test.step('a wrong key is refused, with what to do', async () => {
      await desk.press(',');
      await tabTo(desk, form.getByRole('radio', { name: 'Bundled' }));
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect(form.getByRole('radio', { name: 'Service' })).toBeChecked();
      await tabTo(desk, form.getByLabel('Address'));
      await page.keyboard.type(service.address);
      await expect(form).toContainText(
        `every question of a customer are sent to ${new URL(service.address).host}`,
      );
      await tabTo(desk, form.getByLabel('Model', { exact: true }));
      await page.keyboard.type('tiny');
      await tabTo(desk, form.getByLabel('Key', { exact: true }));
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      await expect(form.getByRole('status')).toContainText('Check address, model name and key');
      expect(await seriousIssues(page)).toEqual([]);
    });

    await test.step('with the right one it works, and is used', async () => {
      await page.keyboard.press('Control+a');
      await page.keyboard.type(KEY);
      await page.keyboard.press('Enter');
      await expect(form.getByRole('status')).toContainText('Works: 64 numbers');
      await tabTo(desk, form.getByRole('button', { name: 'Use it' }));
      await page.keyboard.press('Enter');
      await expect(form.getByRole('status')).toContainText('Chosen.');
    });

    await test.step('the one before answers until all is embedded', async () => {
      await expect.poll(() => embedderId(desk)).toBe('indexing');
      expect(await find(desk)).toEqual({ mode: 'hybrid', titles });
      service.letThrough();
      await expect.poll(() => embedderId(desk), { timeout: 30_000 }).toContain('127.0.0.1/tiny/64');
      const found = await find(desk);
      expect(found.mode).toBe('hybrid');
      expect(found.titles.length).toBeGreaterThan(0);
      expect(service.texts).toContain('how long do I have to return a lamp');
    });

    await test.step('the key is in no file that could be read', async () => {
      for (const entry of await readdir(stage.home, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const content = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
        expect(content.includes(KEY), entry.name).toBe(false);
      }
    });

    await test.step('and back', async () => {
      await tabTo(desk, form.getByRole('radio', { name: 'Service' }));
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await tabTo(desk, form.getByRole('button', { name: 'Use it' }));
      await page.keyboard.press('Enter');
      await expect.poll(() => embedderId(desk), { timeout: 60_000 }).toBe(bundled);
      expect(await find(desk)).toEqual({ mode: 'hybrid', titles });
      expect(JSON.parse(await readFile(path.join(workspaceOf(stage.home), 'embedder.json'), 'utf8'))).toEqual(
        {
          kind: 'bundled',
        },
      );
    });
  } finally {
    await service.close();
  }
});

// Catches a folder picker the window cannot reach, and a folder without a model that is taken all the same.
test('a folder without a model is refused, and what was chosen stays', async ({ stage }) => {
  const desk = await stage.open({ play });
  await desk.cuecard.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, stage.home);
  await desk.press(',');
  const form = desk.page.getByRole('form', { name: 'Search model' });
  await tabTo(desk, form.getByRole('radio', { name: 'Bundled' }));
  await desk.page.keyboard.press('ArrowRight');
  await tabTo(desk, form.getByRole('button', { name: 'Choose folder' }));
  await desk.page.keyboard.press('Enter');
  await expect(form.getByRole('group', { name: 'Model folder' })).toContainText(stage.home);
  await tabTo(desk, form.getByRole('button', { name: 'Use it' }));
  await desk.page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('The embedding model in this folder cannot be used.');
  await expect(form.getByRole('status')).toContainText('Choose a folder with model.onnx');
  const { settings } = await ask(desk.page, 'embedder.read', undefined);
  expect(settings).toEqual({ kind: 'bundled' });
});

// Catches a damaged file that is overwritten, or that silently changes what answers.
test('a choice that cannot be read is said, and the bundled model is used', async ({ stage }) => {
  const first = await stage.open({ play });
  await first.close();
  const file = path.join(workspaceOf(stage.home), 'embedder.json');
  await writeFile(file, '{"kind":');
  const desk = await stage.open({ play });
  await expect.poll(() => embedderId(desk)).toMatch(/^use-lite/);
  await desk.press(',');
  await expect(desk.dialog('Settings')).toContainText('the bundled one is used');
  expect(await readFile(file, 'utf8')).toBe('{"kind":');
});
