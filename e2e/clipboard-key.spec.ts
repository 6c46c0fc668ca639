import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot, type Display } from './launch.js';
import { endPeer, runPeer } from './probes/peer-process.js';
import { startRequestTracker, type RequestTracker } from './probes/request-tracker.js';

const screens = path.join(repoRoot, 'test-results/screens');
const run = promisify(execFile);

let rt: RequestTracker | string;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  rt = await startRequestTracker();
});
test.afterAll(async () => {
  if (rt && typeof rt !== 'string') await rt.close();
});

// Catches: a key that is only registered, one that works in Cuecard alone, and a conversation that opens behind the program the rep is in.
test('the clipboard key, pressed in another program, opens the conversation and brings the window forward', async ({
  stage,
}) => {
  test.skip(typeof rt === 'string', typeof rt === 'string' ? `Request Tracker: ${rt}` : '');
  test.setTimeout(300_000);
  const other = await runPeer<{ window: string; display: Display }>('other-program', stage.home, '0');
  test.skip(typeof other === 'string', typeof other === 'string' ? `Another program: ${other}` : '');
  if (typeof rt === 'string' || typeof other === 'string') return;
  await mkdir(screens, { recursive: true });
  const helpdesk = rt;
  const { window: terminal, display } = other.ready;
  /** Presses keys and asks about windows as a person at this screen would. */
  const xdotool = async (...args: string[]): Promise<string> =>
    (await run('xdotool', args, { env: { ...process.env, ...display } })).stdout.trim();
  try {
    const ticket = await helpdesk.opens('Where is HP-104233?', 'Where is my order HP-104233?');
    const second = await helpdesk.opens('Washing', 'How do I wash the duvet cover?');
    const desk = await stage.open({ play: ['01-order-status'], display });
    const { page } = desk;
    await desk.openCard('Femke de Vries');
    const id = 'request_tracker-1';
    const connection = { id, kind: 'request_tracker' as const, name: 'Desk', baseUrl: helpdesk.url };
    await ask(page, 'helpdesk.save', { connection: { ...connection, options: {} }, token: helpdesk.token });
    await expect(desk.inbox.rows).toHaveCount(2);
    const hasFocus = (): Promise<boolean> =>
      desk.cuecard.app.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused() ?? false,
      );
    const active = (): Promise<string> => xdotool('getactivewindow');
    const toTerminal = async (): Promise<void> => {
      await xdotool('windowactivate', '--sync', terminal);
      await expect.poll(active).toBe(terminal);
      await expect.poll(hasFocus).toBe(false);
    };
    const copies = (text: string): Promise<void> =>
      desk.cuecard.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
    const expectOpen = async (number: string): Promise<void> => {
      await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${number}`);
      await expect.poll(hasFocus).toBe(true);
      expect(await active()).not.toBe(terminal);
    };

    await test.step('an address of a page', async () => {
      await toTerminal();
      await desk.picture(path.join(screens, 'clipboard-key-before.png'));
      await copies(`${helpdesk.url}/Ticket/Display.html?id=${ticket}`);
      await xdotool('key', '--clearmodifiers', 'ctrl+shift+u');
      await expectOpen(ticket);
      await desk.picture(path.join(screens, 'clipboard-key.png'));
    });

    await test.step('the number of a ticket', async () => {
      await toTerminal();
      await copies(`[desk.example #${second}]`);
      await xdotool('key', '--clearmodifiers', 'ctrl+shift+u');
      await expectOpen(second);
    });

    await test.step('turned off, it is left to the other program', async () => {
      await ask(page, 'settings.update', { clipboardShortcut: false });
      await toTerminal();
      await copies(`${helpdesk.url}/Ticket/Display.html?id=${ticket}`);
      await xdotool('key', '--clearmodifiers', 'ctrl+shift+u');
      await ask(page, 'settings.update', { clipboardShortcut: true });
      // Taken again it works at once; the press before was not ours.
      expect([await active(), await hasFocus()]).toEqual([terminal, false]);
      await expect(page.locator('.card')).toHaveAttribute('data-conversation-id', `${id}:${second}`);
      await xdotool('key', '--clearmodifiers', 'ctrl+shift+u');
      await expectOpen(ticket);
    });
  } finally {
    await endPeer(other.child);
  }
});
