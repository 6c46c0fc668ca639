import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { prepareDemoWorkspace, writeDemoStamp } from './demo-workspace.js';
import { readEmbedderChoice, saveEmbedderChoice } from './embedder-choice.js';
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

it('replaces the files of an older demo, keeps what the rep decided and added, and lets the new articles wait', () => {
  const target = path.join(dir, 'home', 'demo');
  prepareDemoWorkspace(buildDemo('one', 'old'), target);
  fs.writeFileSync(path.join(target, 'desk.db'), 'decisions');
  fs.writeFileSync(path.join(target, 'knowledge.db'), 'old and what the rep added');
  fs.writeFileSync(path.join(target, 'index-1.json'), 'index');
  fs.writeFileSync(path.join(target, 'embedder.json'), 'chosen');
  fs.writeFileSync(path.join(target, 'classifier.json'), 'of the old demo');
  const { arrivingDir } = prepareDemoWorkspace(buildDemo('two', 'new'), target);
  const content = (name: string): string => fs.readFileSync(path.join(target, name), 'utf8');
  expect(content('desk.db')).toBe('decisions');
  expect(content('knowledge.db')).toBe('old and what the rep added');
  expect(content('index-1.json')).toBe('index');
  expect(content('embedder.json')).toBe('chosen');
  expect(fs.existsSync(path.join(target, 'classifier.json'))).toBe(false);
  expect(fs.readFileSync(path.join(arrivingDir, 'knowledge.db'), 'utf8')).toBe('new');
  prepareDemoWorkspace(buildDemo('three', 'newer'), target);
  expect(fs.readFileSync(path.join(arrivingDir, 'knowledge.db'), 'utf8')).toBe('newer');
});

// Catches an update that takes the key of everything kept along, or what the rep said may leave.
it('leaves all that is not of the demo where it is when a newer demo comes', () => {
  const target = path.join(dir, 'home', 'demo');
  prepareDemoWorkspace(buildDemo('one', 'old'), target);
  const own = [
    ...['helpdesk-key', 'ledger.db', 'ledger.db-wal', 'helpdesk.db', 'helpdesk-events.db', 'runs.db'],
    ...['ledger-seal.json', 'privacy.json', 'models.json', 'helpdesks.json', 'business.json'],
    ...['set-aside/2026-11-27/desk.db', 'ledger-of-commands/1.key', 'what a later version keeps'],
  ];
  for (const name of own) {
    fs.mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    fs.writeFileSync(path.join(target, name), name);
  }
  prepareDemoWorkspace(buildDemo('two', 'new'), target);
  for (const name of own) expect(fs.readFileSync(path.join(target, name), 'utf8')).toBe(name);
});

it('makes an interrupted update again, and copies the knowledge where there is none', () => {
  const target = path.join(dir, 'home', 'demo');
  prepareDemoWorkspace(buildDemo('one', 'old'), target);
  // As a kill leaves it: the files of the old demo half gone, the old stamp still there.
  fs.rmSync(path.join(target, 'workspace.json'));
  fs.mkdirSync(path.join(target, 'arriving.new'));
  fs.writeFileSync(path.join(target, 'arriving.new', 'knowledge.db'), 'ne');
  const { arrivingDir } = prepareDemoWorkspace(buildDemo('two', 'new'), target);
  expect(fs.readFileSync(path.join(arrivingDir, 'knowledge.db'), 'utf8')).toBe('new');
  fs.rmSync(path.join(target, 'knowledge.db'));
  prepareDemoWorkspace(buildDemo('three', 'newest'), target);
  expect(fs.readFileSync(path.join(target, 'knowledge.db'), 'utf8')).toBe('newest');
  expect(fs.existsSync(arrivingDir)).toBe(false);
});

it.skipIf(process.platform === 'win32')('lets nobody else in, also where an earlier version did', () => {
  const target = path.join(dir, 'home', 'demo');
  const rights = (folder: string): number => fs.statSync(folder).mode & 0o777;
  const built = buildDemo('one', 'whole');
  prepareDemoWorkspace(built, target);
  expect([rights(path.dirname(target)), rights(target)]).toEqual([0o700, 0o700]);
  fs.chmodSync(target, 0o755);
  prepareDemoWorkspace(built, target);
  expect(rights(target)).toBe(0o700);
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
  expect(createSettingsStore(file).read()).toEqual({
    theme: 'system',
    layout: 'beside',
    alwaysOnTop: false,
    clipboardShortcut: true,
    browserExtension: false,
    cardShare: 35,
    keptDays: 30,
  });
  fs.writeFileSync(file, '{"theme":');
  expect(createSettingsStore(file).read().layout).toBe('full');
});

it('keeps the chosen embedder over a restart, without anything that is not part of it', () => {
  const file = path.join(dir, 'embedder.json');
  expect(readEmbedderChoice(file)).toEqual({ settings: { kind: 'bundled' }, problem: null });
  saveEmbedderChoice(file, { kind: 'onnx_directory', dir: '/models/bge' });
  expect(readEmbedderChoice(file)).toEqual({
    settings: { kind: 'onnx_directory', dir: '/models/bge' },
    problem: null,
  });
  fs.writeFileSync(file, '{"kind":"bundled","apiKey":"secret"}');
  expect(readEmbedderChoice(file)).toEqual({ settings: { kind: 'bundled' }, problem: null });
});

it.each([
  '',
  '{"kind":',
  '{"kind":"telepathy"}',
  '[]',
  'null',
  '{"kind":"onnx_directory"}',
  '{"kind":"openai_compatible","baseUrl":"http://me:secret@host/v1","model":"m","dimensions":3}',
  '{"kind":"openai_compatible","baseUrl":"file:///etc/passwd","model":"m","dimensions":3}',
  '{"kind":"openai_compatible","baseUrl":"http://host/v1","model":"m","dimensions":-1}',
])('warns of an embedder file with %s and never overwrites it', (content) => {
  const file = path.join(dir, 'embedder.json');
  fs.writeFileSync(file, content);
  const { settings, problem } = readEmbedderChoice(file);
  expect(settings).toEqual({ kind: 'bundled' });
  expect(problem).toMatchObject({ code: 'WORKSPACE_EMBEDDER_UNREADABLE' });
  expect(problem?.detail).toContain(file);
  expect(problem?.detail).not.toContain('secret');
  for (const name of ['embedder.unreadable-1.json', 'embedder.unreadable-2.json']) {
    fs.writeFileSync(file, content);
    saveEmbedderChoice(file, { kind: 'bundled' });
    expect(fs.readFileSync(path.join(dir, name), 'utf8')).toBe(content);
  }
  expect(readEmbedderChoice(file).problem).toBeNull();
});
