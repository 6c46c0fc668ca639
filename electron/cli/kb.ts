import path from 'node:path';

import { Option, type Command } from 'commander';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { KnowledgePool } from '../../shared/domain/knowledge-article.js';
import type { ImportReport, KnowledgeSource } from '../../shared/domain/knowledge-source.js';
import { textTable } from '../evaluation/text-table.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { importReportText, printable } from './import-report-text.js';
import { interruption } from './interruption.js';
import { addEmbedderCommands } from './kb-embedder.js';
import { withKnowledge } from './kb-engine.js';
import { addPublishCommand } from './kb-publish.js';

interface Options {
  readonly workspace: string;
  readonly name?: string;
  readonly pool: KnowledgePool;
  readonly watch?: boolean;
  readonly json?: boolean;
}

const FORMATS = 'Markdown, HTML, text, CSV, PDF, DOCX, help-centre exports; JSONL of past cases';

/** Adds `cuecard kb` with its subcommands; each finishes with an exit code. */
export function addKbCommands(
  program: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  const kb = program.command('kb').description('Work with a knowledge base.');
  const command = (name: string, description: string): Command =>
    kb
      .command(name)
      .description(description)
      .option('--workspace <dir>', 'workspace folder', 'cuecard-workspace')
      .option('--json', 'print the result as JSON');
  const pool = (): Option =>
    new Option('--pool <pool>', 'articles, or past conversations as similar cases')
      .choices(['articles', 'cases'])
      .default('articles');

  command('import', 'Make a workspace equal to the files under the given paths.')
    .argument('<path...>', `files or folders (${FORMATS})`)
    .option('--name <name>', 'name of the team in a new workspace', 'Team')
    .addOption(pool())
    .option('--watch', 'stay and take over changes until Ctrl-C')
    .action(async (paths: string[], options: Options) => {
      const work = async (knowledge: KnowledgeBase, { dir }: { readonly dir: string }): Promise<void> => {
        const report = await knowledge.importArticles(
          paths.map((item) => path.resolve(item)),
          interruption(),
          { pool: options.pool, ...(options.watch ? { isWatched: true } : {}) },
        );
        print(options, report, `${importReportText(report)}Workspace: ${dir}\n`);
        if (options.watch) await follow(knowledge, options);
      };
      finish(await withKnowledge({ ...options, resources }, work, options.watch));
    });

  command('add', 'Add a file or folder to a workspace and import it.')
    .argument('<path>', `file or folder (${FORMATS})`)
    .option('--name <name>', 'name of the team in a new workspace', 'Team')
    .addOption(pool())
    .option('--watch', 'let the app take over its changes')
    .action(async (file: string, options: Options) => {
      const source = { path: path.resolve(file), pool: options.pool, isWatched: options.watch === true };
      const work = async (knowledge: KnowledgeBase): Promise<void> => {
        const report = await knowledge.addSource(source, interruption());
        print(options, report, importReportText(report));
      };
      finish(await withKnowledge({ ...options, resources }, work));
    });

  command('sources', 'List what a workspace reads its knowledge from.').action(async (options: Options) => {
    const work = async (knowledge: KnowledgeBase): Promise<void> => {
      const sources = await knowledge.sources();
      print(options, sources, sourcesText(sources));
    };
    finish(await withKnowledge({ ...options, resources }, work));
  });

  command('sync', 'Take over what changed in the sources of a workspace.')
    .argument('[source]', 'id or path of one source; all when left out')
    .action(async (source: string | undefined, options: Options) => {
      const work = async (knowledge: KnowledgeBase): Promise<void> => {
        const id = source === undefined ? null : await idOf(knowledge, source);
        const report = await knowledge.syncSources(id, interruption());
        print(options, report, importReportText(report));
      };
      finish(await withKnowledge({ ...options, resources }, work));
    });

  command('remove', 'Forget a source and the articles that came from it; the files stay.')
    .argument('<source>', 'id or path of the source')
    .action(async (source: string, options: Options) => {
      const work = async (knowledge: KnowledgeBase): Promise<void> => {
        await knowledge.removeSource(await idOf(knowledge, source));
        const sources = await knowledge.sources();
        print(options, sources, sourcesText(sources));
      };
      finish(await withKnowledge({ ...options, resources }, work));
    });

  addEmbedderCommands(kb, resources, finish);
  addPublishCommand(kb, resources, finish);
}

function print({ json }: Options, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);
}

async function idOf(knowledge: KnowledgeBase, named: string): Promise<string> {
  const sources = await knowledge.sources();
  const found = sources.find(({ id, path: dir }) => id === named || dir === path.resolve(named));
  if (!found) throw new AppErrorException('KNOWLEDGE_SOURCE_UNKNOWN', named);
  return found.id;
}

function sourcesText(sources: readonly KnowledgeSource[]): string {
  if (sources.length === 0) return 'No sources. Add one with "cuecard kb add <path>".\n';
  const rows = sources.map(({ id, path: dir, pool, isWatched, articles, importedAt }) => [
    printable(dir),
    pool,
    isWatched ? 'watched' : '',
    String(articles),
    importedAt ?? 'not finished',
    id,
  ]);
  return `${textTable(['Path', 'Pool', '', 'Articles', 'Imported', 'Id'], rows)}\n`;
}

/** Stays until Ctrl-C and says what each change brought. */
async function follow(knowledge: KnowledgeBase, options: Options): Promise<void> {
  if (!options.json) process.stdout.write('Watching; end with Ctrl-C.\n');
  let last = JSON.stringify(await knowledge.lastReport());
  const stop = knowledge.onImportProgress((progress) => {
    if (progress) return;
    void knowledge.lastReport().then((report: ImportReport | null) => {
      const text = JSON.stringify(report);
      if (!report || text === last) return;
      last = text;
      print(options, report, importReportText(report));
    });
  });
  const signal = interruption();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  stop();
}
