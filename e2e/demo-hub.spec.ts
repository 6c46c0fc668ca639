import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { TeamPanel } from './pages/team-panel.js';
import { startDemoHub } from './probes/demo-hub.js';

const play = ['01-order-status'];

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

// Catches a demo that asks for an invite, that loses its knowledge to its own release, or that never finds its hub again.
test('the demo joins the hub beside it by itself, once, and follows it to another port', async ({
  stage,
}) => {
  const first = await startDemoHub(stage.home);
  let desk = await stage.open({ play, demoHub: first.url });
  let panel = new TeamPanel(desk.page);
  const countOf = (): Promise<number> =>
    ask(desk.page, 'knowledge.list', undefined).then((articles) => articles.length);
  const before = await countOf();
  await expect(panel.statusItem).toHaveText(/^Release 1 · /, { timeout: 60_000 });
  await desk.openCard('Femke de Vries');
  expect(await countOf()).toBe(before);
  await panel.open();
  await expect(panel.root).toContainText('Demo team');
  await expect(panel.root).toContainText('Lead');
  await desk.close();
  await first.stop();

  const taken = await occupy(Number(new URL(first.url).port));
  const second = await startDemoHub(stage.home);
  try {
    expect(second.url).not.toBe(first.url);
    desk = await stage.open({ play, demoHub: second.url });
    panel = new TeamPanel(desk.page);
    await expect(panel.statusItem).toHaveText(/^Release 1 · /, { timeout: 60_000 });
    await panel.open();
    await panel.press(panel.button('Retry now'));
    await expect(panel.root).toContainText(new URL(second.url).host);
    await expect(panel.statusItem).toHaveText(/^Release 1 · /);
    await panel.press(panel.button('Leave team'));
    await panel.press(panel.button('Leave and delete'));
    await expect(panel.statusItem).toHaveCount(0);
    await desk.close();

    // Who left is not brought back.
    desk = await stage.open({ play, demoHub: second.url });
    await desk.openCard('Femke de Vries');
    await expect(new TeamPanel(desk.page).statusItem).toHaveCount(0);
    await desk.close();
  } finally {
    taken.close();
    await second.stop();
    await rm(path.join(stage.home, 'demo-hub'), { recursive: true, force: true });
  }
});
