import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ImportFailure, ImportReport } from '../../../shared/domain/knowledge-source.js';
import { throwIfCancelled } from '../cancellation.js';
import { embeddedText } from '../chunks/chunk.js';
import { embedTexts, titleToEmbed, type TextToEmbed } from '../embed-texts.js';
import type { PassageEmbedder } from '../passage-embedder.js';
import type { KnowledgeDatabase } from '../store/knowledge-database.js';
import { corrupt } from '../store/knowledge-database.js';
import type { SourceStore } from '../store/source-store.js';
import { isCorruption, sqliteCode } from '../store/sqlite.js';
import { titleKey } from '../store/vector-list.js';
import type { VectorStore } from '../store/vector-store.js';
import { createWorkSlices } from '../work-slices.js';
import { createArticleSpool, type ArticleSpool } from './article-spool.js';
import { startPhase, type ShowProgress } from './import-progress.js';
import type { ImportScope } from './import-scope.js';
import { planImport } from './plan-import.js';
import { readPlanned } from './read-planned.js';
import { writeImport } from './write-import.js';

export interface ImportDeps {
  readonly workspaceDir: string;
  readonly database: KnowledgeDatabase;
  readonly store: SourceStore;
  readonly vectors: VectorStore;
  /** What answers when the import begins; null without one. */
  readonly embedder: () => PassageEmbedder | null;
  /** Passages the knowledge takes at most. */
  readonly maxChunks: number;
  readonly now: () => Date;
  readonly onProgress: ShowProgress;
  readonly onEmbedding: (done: number, total: number) => void;
  /** Called in the same turn as the commit, so that no search sees half of each. */
  readonly onCommitted: () => void;
}

/** Texts whose vectors are looked up together; bounds what is held, and keeps full batches for the embedder. */
const EMBED_AT_ONCE = 1024;

/**
 * Makes what is stored of the sources equal to their files: only changed files are read, only changed articles cut, only
 * new passages embedded, and all of it becomes visible at once. A kill at any moment leaves the old articles; vectors that
 * were computed by then are kept. Holds one article and one batch at a time, whatever the size.
 * @throws AppErrorException KNOWLEDGE_NOTHING_TO_IMPORT when `mustFind` and nothing was readable, KNOWLEDGE_NOT_SAVED,
 * KNOWLEDGE_BUSY, KNOWLEDGE_DATABASE_CORRUPT, SUGGESTION_CANCELLED.
 */
export async function runImport(
  scope: ImportScope,
  deps: ImportDeps,
  {
    mustFind = false,
    signal,
  }: { readonly mustFind?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Omit<ImportReport, 'duplicates' | 'duplicateCount'> & { readonly hasChanged: boolean }> {
  const { database, store } = deps;
  const embedder = deps.embedder();
  const startedAt = performance.now();
  const generation = database.generation();
  let spool: ArticleSpool | null = null;
  try {
    const plan = await planImport(scope, store, signal);
    spool = createArticleSpool(deps.workspaceDir);
    const reading = startPhase('reading', plan.toRead.length, deps.onProgress);
    const read = await readPlanned(plan, { ...deps, spool, progress: reading, signal });
    const failures = limited([...plan.failures, ...read.failures].sort((a, b) => (a.path < b.path ? -1 : 1)));
    if (mustFind && read.live.size === 0 && plan.unchangedFiles === 0) {
      throw new AppErrorException('KNOWLEDGE_NOTHING_TO_IMPORT', reasonForNothing(scope, failures));
    }
    const embedded = embedder ? await embedSpool(spool, embedder, deps, signal) : 0;
    throwIfCancelled(signal);
    const written = await writeImport(scope, plan, read, {
      ...{ database, store, spool, generation, signal, now: deps.now },
      progress: startPhase('writing', spool.count, deps.onProgress),
    });
    if (written.hasChanged) deps.onCommitted();
    const { articles, chunks } = store.countOf(scope.sources.map(({ id }) => id));
    return {
      articles,
      chunks,
      reusedChunks: embedder ? Math.max(0, chunks - embedded) : 0,
      removedArticles: written.removedArticles,
      hasChanged: written.hasChanged,
      unchangedFiles: plan.unchangedFiles,
      failures,
      durationMs: Math.round(performance.now() - startedAt),
    };
  } catch (cause) {
    // Streams and embedders have errors of their own for it.
    throwIfCancelled(signal);
    throw translate(cause, database.file);
  } finally {
    spool?.remove();
  }
}

/** @returns how many passages were embedded. */
async function embedSpool(
  spool: ArticleSpool,
  embedder: PassageEmbedder,
  { vectors, onProgress, onEmbedding }: ImportDeps,
  signal: AbortSignal | undefined,
): Promise<number> {
  const missing = new Set<string>();
  const slices = createWorkSlices();
  for (const { article, chunks } of spool.read()) {
    throwIfCancelled(signal);
    if (slices.isOver()) await slices.next();
    const hashes = chunks.map(({ hash }) => hash);
    for (const hash of vectors.missing([...hashes, titleKey(article.title)], embedder.id)) missing.add(hash);
  }
  const total = missing.size;
  if (total === 0) return 0;
  const progress = startPhase('embedding', total, onProgress);
  let done = 0;
  let passages = 0;
  let waiting: TextToEmbed[] = [];
  const embed = async (): Promise<void> => {
    const before = done;
    done += await embedTexts(waiting, embedder, vectors, {
      onProgress: (count) => {
        progress.at(before + count);
        onEmbedding(before + count, total);
      },
      signal,
    });
    waiting = [];
  };
  for (const { article, chunks } of spool.read()) {
    for (const { hash, headingPath, plain } of chunks) {
      if (!missing.delete(hash)) continue;
      passages++;
      waiting.push({ hash, text: embeddedText(article.title, headingPath, plain) });
    }
    if (missing.delete(titleKey(article.title))) waiting.push(titleToEmbed(article.title));
    if (waiting.length >= EMBED_AT_ONCE) await embed();
  }
  await embed();
  progress.at(total);
  return passages;
}

/** What a report lists of failures; a folder of broken files is not a report of its length. */
const LISTED_FAILURES = 2000;

function limited(failures: readonly ImportFailure[]): ImportFailure[] {
  const rest = failures.length - LISTED_FAILURES;
  const last = failures[LISTED_FAILURES];
  if (rest <= 0 || !last) return [...failures];
  const reason = `From here on ${String(rest)} more could not be read.`;
  return [...failures.slice(0, LISTED_FAILURES), { path: last.path, place: null, reason, baseId: null }];
}

function reasonForNothing(
  { sources }: ImportScope,
  failures: readonly { path: string; reason: string }[],
): string {
  const first = failures[0];
  return first ? `${first.path}: ${first.reason}` : sources.map(({ path }) => path).join(', ');
}

function translate(cause: unknown, file: string): unknown {
  if (isCorruption(cause)) return corrupt(file, cause);
  const code = sqliteCode(cause);
  if (code?.startsWith('SQLITE_BUSY')) return new AppErrorException('KNOWLEDGE_BUSY', file, { cause });
  if (code !== null) return new AppErrorException('KNOWLEDGE_NOT_SAVED', `${file}: ${code}`, { cause });
  const system = (cause as NodeJS.ErrnoException).code;
  // The spool lies beside the database, on the same disk.
  return typeof system === 'string' && ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EIO'].includes(system)
    ? new AppErrorException('KNOWLEDGE_NOT_SAVED', `${file}: ${system}`, { cause })
    : cause;
}
