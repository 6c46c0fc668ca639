import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { bundleForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { startBank, type Bank } from './bank-for-tests.js';
import { hubClientFor } from './desk-at-hub-for-tests.js';
import { openDeskOfActions } from './desk-of-actions-for-tests.js';

/** `KILLS=100 npx vitest run electron/actions/killed-second-approval.test.ts` for the long run. */
const KILLS = Number(process.env['KILLS'] ?? 8);
/** From before the press is written down until after the answer of the bank, which takes 40 ms. */
const SPAN_MS = 260;

let bundle: TestBundle;
let root: string;
let hub: TestHub;
let url: string;
let sendHome: () => Promise<void>;
beforeAll(async () => {
  bundle = await bundleForTests('../actions/killed-second-approval-for-tests.ts');
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-killed-approval-'));
  hub = await startTestHub({ limits: { memberPerMinute: 1_000_000 } });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
  sendHome = leadAtWork();
});
afterAll(async () => {
  await sendHome();
  await hub.close();
  await bundle.remove();
  fs.rmSync(root, { recursive: true });
});

/** A lead who approves whatever is asked, at once. Returns the function that sends them home. */
function leadAtWork(): () => Promise<void> {
  const lead = hubClientFor(url, hub.lead.tokens.accessToken);
  const day = new AbortController();
  const isOver = (): boolean => day.signal.aborted;
  const working = (async () => {
    while (!isOver()) {
      const { approvals } = await lead.request('approvals.waiting');
      for (const { question, content } of approvals)
        await lead.request('approvals.decide', {
          params: { id: question.actionId },
          body: { content, decision: 'approved', reason: '' },
        });
      await wait(25);
    }
  })();
  return () => {
    day.abort();
    return working;
  };
}

async function press(file: string, bank: Bank, what: string, killAfterMs: number | null): Promise<void> {
  const args = [bundle.file, file, bank.url, url, hub.rep.tokens.accessToken, what];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  child.stdout.resume();
  if (killAfterMs !== null) {
    await Promise.race([closed, wait(killAfterMs)]);
    child.kill('SIGKILL');
  }
  await closed;
}

// Catches: a refund a lead approved that is paid twice, or never, because the rep's app died between the question, the answer and the result.
it(
  `pays once what a lead approves, whenever the rep's app is killed (${String(KILLS)} kills)`,
  { timeout: 60_000 + KILLS * 15_000 },
  async () => {
    const stood: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const bank = await startBank();
      bank.takesMs = 40;
      const file = path.join(root, `desk-${String(kill)}.db`);
      await press(file, bank, 'propose', (kill * SPAN_MS) / KILLS);
      await wait(60);
      const killed = openDeskOfActions(file, bank.url);
      stood.push(killed.service.ofConversation('c1')[0]?.status ?? 'none');
      killed.close();
      await press(file, bank, 'recover', null);
      const desk = openDeskOfActions(file, bank.url);
      const [action] = desk.service.ofConversation('c1');
      expect({ stood, paid: bank.paid.length, status: action?.status }).toEqual({
        ...{ stood, paid: 1, status: 'succeeded' },
      });
      expect(action?.decisions.map(({ role, decision }) => `${role} ${decision}`)).toEqual([
        'rep approved',
        'lead approved',
      ]);
      expect(desk.store.audit.firstBroken()).toBeNull();
      desk.close();
      await bank.close();
    }
    process.stdout.write(`stood at the kill: ${stood.join(', ')}\n`);
  },
);
