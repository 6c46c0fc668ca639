import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { bundleForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { startBank, type Bank } from './bank-for-tests.js';
import { openDeskOfActions } from './desk-of-actions-for-tests.js';

/** `KILLS=100 npx vitest run electron/actions/killed-action.test.ts` for the long run. */
const KILLS = Number(process.env['KILLS'] ?? 8);

let bundle: TestBundle;
let root: string;
beforeAll(async () => {
  bundle = await bundleForTests('../actions/killed-action-for-tests.ts');
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-killed-action-'));
});
afterAll(async () => {
  await bundle.remove();
  fs.rmSync(root, { recursive: true });
});

/** Lets a desk approve a refund and kills it so long after the press; never where that is null. */
async function approve(file: string, bank: Bank, what: string, killAfterMs: number | null): Promise<void> {
  const child = spawn(process.execPath, [bundle.file, file, bank.url, what], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  child.stdout.resume();
  if (killAfterMs !== null) {
    await Promise.race([closed, wait(killAfterMs)]);
    child.kill('SIGKILL');
  }
  await closed;
}

// Catches: a refund that is paid twice, or never, because the app died between the approval and the result. The bank pays whatever it is asked.
it(
  `pays once, whenever the app is killed (${String(KILLS)} kills)`,
  { timeout: 60_000 + KILLS * 15_000 },
  async () => {
    const paidBefore: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const bank = await startBank();
      bank.takesMs = 60;
      const file = path.join(root, `desk-${String(kill)}.db`);
      // From before the press is written down until after the answer; the bank takes 60 ms.
      await approve(file, bank, 'propose', (kill * 140) / KILLS);
      await wait(80);
      paidBefore.push(bank.paid.length);
      await approve(file, bank, 'recover', null);
      const desk = openDeskOfActions(file, bank.url);
      const actions = desk.service.ofConversation('c1');
      expect({ kill, paid: bank.paid.length, statuses: actions.map(({ status }) => status) }).toEqual({
        ...{ kill, paid: 1, statuses: ['succeeded'] },
      });
      expect(desk.store.audit.firstBroken()).toBeNull();
      desk.close();
      await bank.close();
    }
    process.stdout.write(
      `paid before the restart: ${String(paidBefore.filter((n) => n === 1).length)} of ${String(KILLS)}\n`,
    );
  },
);
