import { randomUUID } from 'node:crypto';

import type { Command } from 'commander';

import type { ReleaseChange } from '../../shared/contracts/hub/releases.js';
import type { RolloutState } from '../../shared/contracts/hub/rollout.js';
import { ReleaseManifest } from '../../shared/domain/release.js';
import { textTable } from '../evaluation/text-table.js';
import { defaultPatience, patiently } from '../publishing/patience.js';
import type { HubClient } from '../sync/hub-client.js';
import { print, reachHub, withHub, withHubOptions, type HubOptions } from './hub-access.js';
import { printable } from './import-report-text.js';
import { interruption } from './interruption.js';
import { canary, capital, changeRollout, pauseCanary, promote, rolloutText } from './rollout-changes.js';
import { wholeNumber } from './whole-number.js';

const MOST = 999_999_999;

/** Adds `cuecard releases` with its subcommands: what is published, what changed, who runs it. */
export function addReleasesCommands(program: Command, finish: (code: number) => void): void {
  const group = program
    .command('releases')
    .description('Look at the releases on a hub and say who runs which.');
  const command = (name: string, description: string): Command =>
    withHubOptions(group.command(name).description(description));
  const number = wholeNumber(MOST);
  const ask = async <T>(options: HubOptions, work: (hub: HubClient) => Promise<T>): Promise<T> => {
    const result = await withHub(options, process.env, work);
    finish(0);
    return result;
  };
  const showRollout = (options: HubOptions, state: RolloutState): void =>
    print(options, state, `${capital(rolloutText(state.rollout))}.\n`);

  command('list', 'List releases, newest first, and who runs which.')
    .option('--limit <n>', 'how many', wholeNumber(200), 20)
    .action(async (options: HubOptions & { limit: number }) => {
      const { releases, rollout } = await ask(options, async (hub) => ({
        ...(await hub.request('releases.list', { query: { limit: options.limit } })),
        rollout: (await hub.request('rollout.read')).rollout,
      }));
      const table = releases.length === 0 ? 'No releases yet.' : releasesTable(releases);
      print(options, { releases, rollout }, `${table}\n\n${capital(rolloutText(rollout))}.\n`);
    });

  command('diff', 'Show what changed from one release to another.')
    .argument('<from>', 'number of the earlier release; 0 for nothing at all', (text: string) =>
      text === '0' ? 0 : number(text),
    )
    .argument('<to>', 'number of the later release', number)
    .action(async (from: number, to: number, options: HubOptions) => {
      const { changes } = await ask(options, (hub) =>
        hub.request('releases.diff', { params: { number: to }, query: { from } }),
      );
      print(options, changes, changesText(changes));
    });

  command('rollback', 'Bring back an earlier release, as a new one for everybody.')
    .argument('<number>', 'release whose content is wanted', number)
    .option('--notes <text>', 'what people read about it', '')
    .action(async (restored: number, options: HubOptions & { notes: string }) => {
      const body = { idempotencyKey: randomUUID(), notes: options.notes };
      const { signed } = await ask(options, async (hub) => {
        const signal = interruption();
        await reachHub(hub, signal);
        return patiently(
          () => hub.request('releases.restore', { params: { number: restored }, body }),
          defaultPatience,
          signal,
        );
      });
      const manifest = ReleaseManifest.parse(JSON.parse(signed.manifest));
      const text = `Release ${String(manifest.number)} has the content of ${String(restored)} and goes to everybody.\n`;
      print(options, manifest, text);
    });

  command('canary', 'Give a release to some of the members first; again with more of them as it proves good.')
    .argument('<number>', 'release to try', number)
    .argument('<percent>', 'share of the members, 1 to 100', wholeNumber(100))
    .action(async (tried: number, percent: number, options: HubOptions) =>
      showRollout(options, await ask(options, (hub) => changeRollout(hub, canary(tried, percent)))),
    );

  command('promote', 'Give the canary, or one of two compared releases, to everybody.')
    .argument('[number]', 'which of two compared releases', number)
    .action(async (chosen: number | undefined, options: HubOptions) =>
      showRollout(options, await ask(options, (hub) => changeRollout(hub, promote(chosen)))),
    );

  command('pause', 'Give the canary to nobody new; those who run it keep it.').action(
    async (options: HubOptions) =>
      showRollout(options, await ask(options, (hub) => changeRollout(hub, pauseCanary))),
  );
}

function releasesTable(releases: readonly ReleaseManifest[]): string {
  const rows = releases.map(({ number, createdAt, createdBy, articles, bytes, restores, notes }) => [
    String(number),
    createdAt.slice(0, 16).replace('T', ' '),
    printable(createdBy),
    String(articles),
    `${(bytes / 1e6).toFixed(1)} MB`,
    restores === null ? printable(notes.split('\n')[0] ?? '') : `content of ${String(restores)}`,
  ]);
  return textTable(['Release', 'Published', 'By', 'Articles', 'Size', 'Notes'], rows);
}

function changesText(changes: readonly ReleaseChange[]): string {
  if (changes.length === 0) return 'Nothing changed.\n';
  return changes
    .map(({ key, title, change, diff }) => {
      const lines = diff === '' ? [] : diff.trimEnd().split('\n').map(printable);
      return [`${capital(change)}: ${printable(key)}  ${printable(title)}`, ...lines, ''].join('\n');
    })
    .join('\n');
}
