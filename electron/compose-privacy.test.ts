import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { TeamPrivacy } from '../shared/domain/personal-data.js';
import { silentLogger } from '../shared/lib/logger.js';
import { composePrivacy, type Privacy } from './compose-privacy.js';
import { emptyTeam } from './workspace/team-loader.js';

let dir: string;
let asked: TeamPrivacy | undefined;
let privacy: Privacy;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-privacy-'));
  asked = undefined;
  const { profile } = emptyTeam('Shop');
  privacy = composePrivacy({
    workspace: { ledgerDatabase: path.join(dir, 'ledger.db'), privacy: path.join(dir, 'privacy.json') },
    profile: () => ({ ...profile, privacy: asked }),
    createLogger: () => silentLogger,
    now: () => new Date('2026-11-27T10:00:00Z'),
  });
});
afterEach(() => {
  privacy.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const text = 'Mail me at ada@example.com.';
const leaves = (): string | null => privacy.guard.disguiseOnce([text])?.texts[0] ?? null;
const send = (): Promise<Response> =>
  privacy.ledger.fetchFor({
    ...{ kind: 'chat', task: 'drafting', runId: 'r', conversationId: 'c', replaced: {} },
  })('http://127.0.0.1:9/');

// Catches a team whose rule is shown in the settings and changes nothing of what leaves.
it('lets no more leave than the team allows, and what the rep chose counts again afterwards', async () => {
  privacy.service.change({ mode: 'as_is' });
  expect(leaves()).toBe(text);
  asked = { mode: 'anonymise', kinds: {} };
  expect(leaves()).toBe('Mail me at [EMAIL_1].');
  expect(privacy.service.settings()).toMatchObject({
    ...{ settings: { mode: 'anonymise' }, own: { mode: 'as_is' }, team: asked },
  });
  asked = { mode: 'as_is', kinds: { email: 'block' } };
  expect(leaves()).toBeNull();
  asked = { mode: 'block', kinds: {} };
  expect(privacy.guard.maySend()).toBe(false);
  await expect(send()).rejects.toMatchObject({ error: { code: 'PRIVACY_BLOCKED' } });
  expect(privacy.service.totals().entries).toBe(0);
  // Changing it here changes what the rep wishes, not what holds.
  privacy.service.change({ mode: 'as_is' });
  expect(privacy.guard.maySend()).toBe(false);
  asked = undefined;
  expect(leaves()).toBe(text);
});

it('lets a rep be stricter than the team', () => {
  asked = { mode: 'as_is', kinds: {} };
  expect(leaves()).toBe('Mail me at [EMAIL_1].');
  privacy.service.change({ mode: 'block' });
  expect(leaves()).toBeNull();
});
