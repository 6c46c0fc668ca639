import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from './fixtures.js';
import { repoRoot, startCuecard } from './launch.js';
import { BusinessPanel } from './pages/business-panel.js';
import { Desk } from './pages/desk.js';
import { TeamDesk } from './pages/team-desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { joinAs } from './probes/stage-team.js';
import { startTeamHub } from './probes/team-hub.js';
import { LOOK_UPS, startBusinessSystems, type BusinessSystems } from './probes/business-systems.js';

const screens = path.join(repoRoot, 'test-results/screens');
const play = ['01-order-status'];
const EMAIL = 'femke.devries@example.com';

let systems: BusinessSystems | string;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  await mkdir(screens, { recursive: true });
  systems = await startBusinessSystems(EMAIL);
});
test.afterAll(async () => {
  if (systems && typeof systems !== 'string') await systems.close();
});

/** Takes the panel in every look, from its top and from its end, and checks that nothing is cut off. */
async function lookAt(desk: Desk, panel: BusinessPanel, name: string): Promise<void> {
  const scroll = (toEnd: boolean): Promise<void> =>
    panel.root.locator('.business').evaluate((element, isEnd) => {
      element.scrollTop = isEnd ? element.scrollHeight : 0;
    }, toEnd);
  for (const layout of ['full', 'beside'] as const)
    for (const theme of ['light', 'dark'] as const) {
      await desk.look({ layout, theme });
      for (const place of ['top', 'end'] as const) {
        await scroll(place === 'end');
        const file = `business-${name}-${layout}-${theme}-${place}.png`;
        await desk.page.screenshot({ path: path.join(screens, file), caret: 'hide' });
      }
      const wide = await panel.root
        .locator('.business')
        .evaluate((element) => element.scrollWidth - element.clientWidth);
      expect.soft(wide, `${name} ${layout}: too wide`).toBeLessThanOrEqual(0);
      if (layout === 'beside') expect.soft(await seriousIssues(desk.page), `${name} ${theme}`).toEqual([]);
    }
  await desk.look({ layout: 'full', theme: 'light' });
}

/** Lets the intent of the conversation look into the systems, as a lead would write it. */
async function nameLookUps(home: string, intentId: string): Promise<void> {
  const file = path.join(home, 'workspaces/demo/team/intents.json');
  const intents = JSON.parse(await readFile(file, 'utf8')) as { id: string; tools: string[] }[];
  for (const intent of intents) if (intent.id === intentId) intent.tools.push(...LOOK_UPS);
  await writeFile(file, JSON.stringify(intents));
}

async function askAgain(desk: Desk): Promise<void> {
  const before = await desk.card.runId();
  await desk.press('a');
  await expect(desk.page.getByRole('menu', { name: 'Alternatives' })).toBeVisible();
  await desk.press('a');
  await desk.card.finishedAfter(before);
}

// Catches: a form that cannot be filled without a mouse, a wrong secret without a clear word, and a system whose facts reach no card.
test('each kind is connected with the keyboard: a wrong secret, a right one, saved, on the card, removed', async ({
  stage,
}) => {
  if (typeof systems === 'string') return test.skip(true, systems);
  test.setTimeout(240_000);
  await (await stage.open({ play })).close();
  await nameLookUps(stage.home, 'order_status');
  const desk = await stage.open({ play });
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const panel = new BusinessPanel(page);
  await panel.open();
  await lookAt(desk, panel, 'empty');
  for (const system of systems.all)
    await test.step(system.kind, async () => {
      await panel.add(system.kind);
      await panel.type('Address', system.address);
      for (const [label, text] of Object.entries(system.fields)) await panel.type(label, text);
      await panel.type(system.secretLabel, system.wrongSecret);
      await panel.type('Name', system.name);
      const said = await panel.test();
      await expect(said).toContainText('The business system refuses the sign-in.');
      await expect(said).toBeInViewport();
      await panel.type(system.secretLabel, system.secret);
      await panel.test();
      await expect(said).toContainText(system.says);
      await lookAt(desk, panel, system.name.toLowerCase());
      await panel.press('Save');
      await expect(panel.status).toContainText(`${system.name} is connected.`);
      await expect(panel.rows.filter({ hasText: system.name })).toHaveCount(1);
    });
  await lookAt(desk, panel, 'list');

  await test.step('the card says which system said what, and when', async () => {
    // Orders are those of the demo again.
    await panel.press('Remove Shopify');
    await panel.press('Remove it');
    await expect(panel.status).toContainText('Shopify is removed.');
    await page.keyboard.press('Escape');
    await desk.openCard('Femke de Vries');
    // The card on screen is from before.
    await askAgain(desk);
    for (const [system, fact] of [
      ['Ledger', '12.50 EUR'],
      ['Desk', '9 to 5'],
      ['Parcels', 'Utrecht depot'],
      ['Stripe', '49.00 EUR'],
    ] as const) {
      const call = desk.card.facts.locator('[data-status="succeeded"]').filter({ hasText: fact });
      await expect(call).toContainText(new RegExp(`${system} · (?:now|just now|\\d+ s ago)`, 'u'));
    }
    await expect(desk.card.facts).not.toContainText('700');
    await desk.card.facts.scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(screens, 'business-card.png') });
  });

  await test.step('what is removed is gone', async () => {
    await panel.open();
    for (const name of ['Ledger', 'Stripe']) {
      await panel.press(`Remove ${name}`);
      await panel.press('Remove it');
      await expect(panel.status).toContainText(`${name} is removed.`);
      await expect(panel.rows.filter({ hasText: name })).toHaveCount(0);
    }
    await page.keyboard.press('Escape');
    await askAgain(desk);
    await expect(desk.card.facts).not.toContainText('Ledger');
  });
});

const FILES = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));

// Catches: a program that is started although no lead listed it, one that a lead lists and nobody can use, and a list that cannot be written by key.
test('a program is started for its tools only once a lead has listed it', async ({ stage }) => {
  test.setTimeout(180_000);
  const hub = await startTeamHub();
  const home = await mkdtemp(path.join(os.tmpdir(), 'cuecard-e2e-'));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cuecard-files-'));
  const cuecard = await startCuecard(home, { play });
  try {
    const [lead, rep] = [await stage.open({ play }), new Desk(cuecard)];
    await joinAs(rep, hub, 'Femke Bos', 'rep');
    await joinAs(lead, hub, 'Ada Lind', 'operator');
    const panel = new BusinessPanel(rep.page);
    const fill = async (): Promise<void> => {
      await panel.add('Tool server (MCP)');
      await panel.type('Address', 'team:files');
      await panel.type('Name', 'Files');
    };

    await test.step('before: nothing is started, and the rep reads who can list it', async () => {
      await panel.open();
      await fill();
      const said = await panel.test();
      await expect(said).toContainText('The team does not allow a program of this name to be started.');
      await expect(said).toContainText('A lead lists it at the Team desk under "Tool servers"');
      await panel.press('Save');
      await expect(said).toContainText('The team does not allow a program of this name to be started.');
      await panel.press('Back to the list');
      await expect(panel.rows).toHaveCount(0);
    });

    await test.step('the lead lists it with the keyboard, and publishes', async () => {
      const desk = new TeamDesk(lead.page);
      const keys = new BusinessPanel(lead.page, 'Team desk');
      await desk.open();
      await keys.walkTo(desk.field('Kind'));
      await lead.page.keyboard.type('Tool s');
      await keys.press('New tool server');
      await keys.type('Title', 'Files');
      await expect(desk.field('Name a rep enters')).toHaveValue('files');
      await keys.type('Program', process.execPath);
      await keys.type('Its arguments, one a line', `${FILES}\n${folder}`);
      for (const layout of ['full', 'beside'] as const)
        for (const theme of ['light', 'dark'] as const) {
          await lead.look({ layout, theme });
          await lead.page.screenshot({ path: path.join(screens, `tool-server-${layout}-${theme}.png`) });
        }
      await lead.look({ layout: 'full', theme: 'light' });
      expect.soft(await seriousIssues(lead.page)).toEqual([]);
      await desk.save();
      await expect(desk.edits).toHaveText(/Files.*Added/u);
      await desk.publish('A program for files');
    });

    await test.step('after: the rep sees what is started and what it offers, and keeps it', async () => {
      await fill();
      await expect(async () => {
        await panel.press('Test connection');
        await expect(panel.status).toContainText('files_read_text_file', { timeout: 3_000 });
      }).toPass({ timeout: 30_000 });
      await expect(panel.status).toContainText(`Starts: ${process.execPath} ${FILES} ${folder}`);
      await expect(panel.status).toContainText(/files_write_file: .* \(change, after your approval\)/u);
      await rep.page.screenshot({ path: path.join(screens, 'business-program.png') });
      await panel.press('Save');
      await expect(panel.rows).toHaveText(/Files/u);
      await panel.press('Remove Files');
      await panel.press('Remove it');
      await expect(panel.rows).toHaveCount(0);
    });
  } finally {
    await cuecard.close();
    await hub.close();
    for (const dir of [home, folder]) await rm(dir, { recursive: true, force: true });
  }
});
