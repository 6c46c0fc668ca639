import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startCountingProxy } from '../evaluation/counting-proxy.js';
import { generatedQuestions } from '../evaluation/generated-articles.js';
import { machineLine } from '../evaluation/machine.js';
import { openPublishableKnowledge } from '../knowledge/release/publishable-knowledge.js';
import type { Published } from '../publishing/published.js';
import { DEFAULT_ENCODING } from '../publishing/publisher.js';
import { createWorkspacePublisher } from '../publishing/workspace-publisher.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { startBenchEngine } from './bench-retrieval-engine.js';
import { joinBenchDevice, type BenchDevice } from './bench-sync-device.js';
import { startBenchHub, type BenchHub } from './bench-sync-hub.js';
import { syncBenchText, type SyncBenchReport, type SyncRound } from './bench-sync-report.js';
import { publishSource } from './publish-source.js';
import { writeGeneratedArticles } from './write-generated-articles.js';

export interface BenchSyncCommand {
  readonly articles: number;
  readonly changed: number;
  /** Keeps the lead's workspace there: the next run embeds nothing again. */
  readonly cache?: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
}

const SEED = 1;

/**
 * `cuecard bench sync`: a lead's machine publishes generated articles on a hub of its own, a rep's machine without anything syncs until it
 * answers, some articles change, it syncs again, and another machine joins. Prints seconds, bytes on the wire beside the size of the change, and how long the event
 * loop of the process that syncs ever stood still.
 */
export async function runBenchSync(command: BenchSyncCommand): Promise<number> {
  const { resources, articles, changed } = command;
  const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-bench-'));
  const lead = command.cache ?? path.join(dir, 'lead');
  const hub = await startBenchHub(path.join(dir, 'hub'));
  try {
    const [question = ''] = [...generatedQuestions(resources.demoDir, SEED, 1)];
    const proxy = await startCountingProxy(hub.url);
    const report = async (): Promise<SyncBenchReport> => {
      const first = await leadPublishes(hub, lead, command);
      const round = async (
        device: BenchDevice,
        published: Published,
        changedMarkdown: number | null,
      ): Promise<SyncRound> => {
        proxy.take();
        const figures = await device.sync(question);
        return { ...figures, published, wire: proxy.take(), changedMarkdown };
      };
      const devices: BenchDevice[] = [];
      const join = async (name: string): Promise<BenchDevice> => {
        const device = await joinNewDevice(hub, proxy.url, path.join(dir, name), resources);
        devices.push(device);
        return device;
      };
      try {
        const device = await join('device');
        const whole = await round(device, first.published, null);
        const second = await leadPublishes(hub, lead, command, changed);
        const delta = await round(device, second.published, second.markdown);
        const late = await round(await join('late'), second.published, null);
        return {
          ...{ machine: machineLine(), articles, changed, passages: first.passages },
          ...{ publishMs: [first.publishMs, second.publishMs], whole, delta, late },
        };
      } finally {
        for (const device of devices) await device.close();
        await proxy.close();
      }
    };
    const measured = await report();
    process.stdout.write(command.json ? `${JSON.stringify(measured, null, 2)}\n` : syncBenchText(measured));
    return 0;
  } finally {
    await hub.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function joinNewDevice(
  hub: BenchHub,
  url: string,
  folder: string,
  resources: ResourceLocations,
): Promise<BenchDevice> {
  const { code } = await hub.client.request('members.invite', {
    body: { role: 'rep', name: 'bench', email: null, expiresInHours: 1 },
  });
  await mkdir(folder);
  return joinBenchDevice(folder, { url, code }, resources);
}

interface LeadPublication {
  readonly published: Published;
  readonly passages: number;
  /** Of the articles that were written. */
  readonly markdown: number;
  readonly publishMs: number;
}

/** Writes and imports articles, all of them or only changed ones, and publishes the workspace. */
async function leadPublishes(
  hub: BenchHub,
  lead: string,
  { articles, resources }: BenchSyncCommand,
  changed?: number,
): Promise<LeadPublication> {
  const source = path.join(lead, 'articles');
  const workspaceDir = path.join(lead, 'workspace');
  const isKept = changed === undefined && existsSync(path.join(workspaceDir, 'knowledge.db'));
  const folder = { articles, seed: SEED, demoDir: resources.demoDir };
  const markdown = await writeGeneratedArticles(source, { ...folder, ...(changed ? { changed } : {}) });
  const engine = startBenchEngine(workspaceDir, resources);
  if (process.stderr.isTTY)
    process.stderr.write(isKept ? 'Reading articles again\n' : 'Importing articles\n');
  const { chunks } = await engine.knowledge.importArticles([source], undefined, { isDetached: true });
  await engine.close();
  const knowledge = openPublishableKnowledge(workspaceDir);
  try {
    const startedAt = performance.now();
    const published = await createWorkspacePublisher({
      hub: hub.client,
      source: publishSource(knowledge, DEFAULT_ENCODING, {}),
    }).publish({ notes: 'bench', assign: true }, () => undefined);
    return { published, markdown, passages: chunks, publishMs: performance.now() - startedAt };
  } finally {
    knowledge.close();
  }
}
