import { decodeArticle } from '../../../release/article-segment.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { pause } from '../cancellation.js';
import { embeddedText } from '../chunks/chunk.js';
import { titleToEmbed, type TextToEmbed } from '../embed-texts.js';
import type { StoredRelease } from '../store/release-store.js';
import { isCorruption, openSqlite, rollBack, sqliteCode, type Sqlite } from '../store/sqlite.js';
import { corrupt } from '../store/knowledge-database.js';
import { titleKey } from '../store/vector-list.js';
import { createVectorStore } from '../store/vector-store.js';
import { cutOf } from './release-articles.js';
import { prepareGraphs, type ReleasedGraph } from './released-graphs.js';
import { openStagedSegments, type StagedSegments } from './staged-segments.js';
import { writeRelease, type ReleaseDelta } from './write-release.js';

/** All that a thread of its own needs to apply a release. */
export interface ReleaseJob {
  readonly workspaceDir: string;
  readonly databaseFile: string;
  /** File with the segments of what changed, see `electron/sync/release-target.ts`. */
  readonly stagingFile: string;
  readonly delta: ReleaseDelta;
  /** What passages are found with now; null where they are found by words alone. */
  readonly embedder: { readonly id: string; readonly dimensions: number } | null;
  /** Embedders whose vectors are of use here; null keeps those of any, for the day the embedder is back. */
  readonly keptEmbedders: readonly string[] | null;
  readonly appliedAt: string;
}

export interface ReleaseJobResult {
  readonly release: StoredRelease;
  /** Graphs that came with the release, for the index to take. */
  readonly graphs: readonly ReleasedGraph[];
}

/** What the job asks of whoever started it. */
export interface ReleaseHooks {
  onProgress(done: number, total: number): void;
  /** Embeds passages the release has no vectors of the embedder in use for, and keeps them. */
  embed(texts: readonly TextToEmbed[]): Promise<void>;
  /** Awaited when all is written but the commit; a rejection gives the release up. */
  mayCommit(): Promise<void>;
  /** Told in the turn of the commit. What the job does afterwards changes nothing any more. */
  onCommitted(result: ReleaseJobResult): void;
}

/**
 * Applies a release somewhere else than in this thread; resolves when it is in force. Aborting before the commit gives it up.
 * @throws what {@link runReleaseJob} throws.
 */
export type ApplyReleaseAway = (
  job: ReleaseJob,
  hooks: Omit<ReleaseHooks, 'onCommitted'>,
  signal: AbortSignal,
) => Promise<ReleaseJobResult>;

/** Texts handed over together; bounds what is held, and keeps full batches for the embedder. */
const EMBED_AT_ONCE = 1024;
/** Vectors go in at random places of their index; with less of it in memory each costs a read. */
const CACHE_KIB = 64 * 1024;

/**
 * Applies a release as one transaction through a connection of its own: whoever reads meanwhile reads the release before, and a kill at any
 * moment leaves the one or the other.
 * @throws AppErrorException RELEASE_DAMAGED, RELEASE_NO_SPACE, KNOWLEDGE_BUSY, KNOWLEDGE_NOT_SAVED, KNOWLEDGE_DATABASE_CORRUPT, and what
 * the hooks throw; nothing has changed then.
 */
export async function runReleaseJob(job: ReleaseJob, hooks: ReleaseHooks): Promise<void> {
  const segments = openStagedSegments(job.stagingFile);
  const database = openSqlite(job.databaseFile);
  try {
    // As the import's connection: a commit survives the end of the process, and a power cut takes back whole commits only.
    database.exec(
      `PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${String(CACHE_KIB)}; PRAGMA wal_autocheckpoint = 0`,
    );
    await embedMissing(job, { database, segments, hooks });
    hooks.onCommitted(await writeAndCommit(job, { database, segments, hooks }));
    await pause();
    // After the news: folding a large log into the file takes a second that nobody has to wait for.
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (cause) {
    throw reasonOf(cause, job.databaseFile);
  } finally {
    database.close();
    segments.close();
  }
}

interface JobParts {
  readonly database: Sqlite;
  readonly segments: StagedSegments;
  readonly hooks: ReleaseHooks;
}

async function writeAndCommit(
  { workspaceDir, delta, embedder, keptEmbedders, appliedAt }: ReleaseJob,
  { database, segments, hooks }: JobParts,
): Promise<ReleaseJobResult> {
  database.exec('BEGIN IMMEDIATE');
  try {
    const release = writeRelease(database, segments, delta, {
      keepsVectorsOf: (id) => keptEmbedders?.includes(id) ?? true,
      onProgress: (done, total) => hooks.onProgress(done, total),
      appliedAt,
    });
    const graphs = embedder
      ? await prepareGraphs(delta.changed, { workspaceDir, database, segments, embedder }).catch(() => [])
      : [];
    await hooks.mayCommit();
    database.exec('COMMIT');
    return { release, graphs };
  } catch (cause) {
    rollBack(database);
    throw cause;
  }
}

/** Has embedded, before anything is changed, what the release has no vectors of the embedder in use for. */
async function embedMissing(
  { delta, embedder }: ReleaseJob,
  { database, segments, hooks }: JobParts,
): Promise<void> {
  if (!embedder) return;
  const vectors = createVectorStore(database, database);
  let waiting: TextToEmbed[] = [];
  for (const entry of delta.changed) {
    if (!entry.key.startsWith('article/')) continue;
    const released = decodeArticle(segments.content(entry));
    // A release is made with one embedder.
    if (released.vectors?.id === embedder.id) return;
    const { article, chunks } = cutOf(released);
    const texts = new Map([[titleKey(article.title), titleToEmbed(article.title)]]);
    for (const { hash, headingPath, plain } of chunks)
      texts.set(hash, { hash, text: embeddedText(article.title, headingPath, plain) });
    for (const hash of vectors.missing([...texts.keys()], embedder.id)) {
      const text = texts.get(hash);
      if (text) waiting.push(text);
    }
    if (waiting.length < EMBED_AT_ONCE) continue;
    await hooks.embed(waiting);
    waiting = [];
  }
  if (waiting.length > 0) await hooks.embed(waiting);
}

function reasonOf(cause: unknown, file: string): unknown {
  if (isCorruption(cause)) return corrupt(file, cause);
  const code = sqliteCode(cause);
  if (code === null) return cause;
  if (code.startsWith('SQLITE_BUSY')) return new AppErrorException('KNOWLEDGE_BUSY', file, { cause });
  if (code === 'SQLITE_FULL') return new AppErrorException('RELEASE_NO_SPACE', file, { cause });
  return new AppErrorException('KNOWLEDGE_NOT_SAVED', `${file}: ${code}`, { cause });
}
