import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { prepareDemoWorkspace, writeDemoStamp } from './demo-workspace.js';
import { createSettingsStore } from './settings-store.js';
import { loadTeam } from './team-loader.js';
import { ensureWorkspace, openWorkspace } from './workspace.js';

let dir: string;
beforeEach(() => (dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-workspace-'))));
afterEach(() => fs.rmSync(dir, { recursive: true }));

function buildDemo(stamp: string, content: string): string {
  const built = path.join(dir, 'built');
  fs.rmSync(built, { recursive: true, force: true });
  ensureWorkspace(built, 'demo');
  fs.writeFileSync(path.join(built, 'knowledge.db'), content);
  writeDemoStamp(built, stamp);
  return built;
}

it('says that a folder is no workspace, or one of another version', () => {
  expect(() => openWorkspace(dir)).toThrow(/no workspace/);
  fs.writeFileSync(path.join(dir, 'workspace.json'), '{"format":99,"name":"x","createdAt":"x"}');
  expect(() => openWorkspace(dir)).toThrow(/another version/);
});

it('replaces an older demo and keeps what the rep decided', () => {
  const target = path.join(dir, 'home', 'demo');
  prepareDemoWorkspace(buildDemo('one', 'old'), target);
  fs.writeFileSync(path.join(target, 'desk.db'), 'decisions');
  prepareDemoWorkspace(buildDemo('two', 'new'), target);
  expect(fs.readFileSync(path.join(target, 'knowledge.db'), 'utf8')).toBe('new');
  expect(fs.readFileSync(path.join(target, 'desk.db'), 'utf8')).toBe('decisions');
});

it('makes an interrupted copy again', () => {
  const target = path.join(dir, 'home', 'demo');
  const built = buildDemo('one', 'whole');
  prepareDemoWorkspace(built, target);
  fs.writeFileSync(path.join(target, 'knowledge.db'), 'ha');
  fs.rmSync(path.join(target, 'demo.json'));
  prepareDemoWorkspace(built, target);
  expect(fs.readFileSync(path.join(target, 'knowledge.db'), 'utf8')).toBe('whole');
});

it('says which team file is wrong and where', () => {
  fs.writeFileSync(path.join(dir, 'intents.json'), '[{"id":"Bad Id"}]');
  expect(() => loadTeam(dir, 'x')).toThrow(/intents\.json[\s\S]*id/);
});

it('keeps settings over a restart and survives a damaged settings file', () => {
  const file = path.join(dir, 'settings.json');
  createSettingsStore(file).update({ layout: 'beside' });
  expect(createSettingsStore(file).read()).toEqual({ theme: 'system', layout: 'beside', alwaysOnTop: false });
  fs.writeFileSync(file, '{"theme":');
  expect(createSettingsStore(file).read().layout).toBe('full');
});
