import type { ImportFailure } from '../../../shared/domain/knowledge-source.js';
import { throwIfCancelled } from '../cancellation.js';
import { articleFingerprint } from '../chunks/identity.js';
import { cutArticle } from '../cut-article.js';
import { articleId } from '../sources/article-ids.js';
import { articleOf } from '../sources/article-of.js';
import { readerByContent } from '../sources/choose-reader.js';
import { reasonOf, UnreadableFile } from '../sources/failure-reason.js';
import { inspectFile } from '../sources/inspect-file.js';
import type { ArticleDraft } from '../sources/source-reader.js';
import type { FileFailure, SourceStore, StoredFile } from '../store/source-store.js';
import { createWorkSlices } from '../work-slices.js';
import type { ArticleSpool } from './article-spool.js';
import { createFailureList } from './failure-list.js';
import type { PhaseProgress } from './import-progress.js';
import { readerStamp, type ImportPlan, type PlannedFile } from './plan-import.js';

/** What reading found out about a file. */
export interface ReadFile {
  readonly planned: PlannedFile;
  readonly stored: StoredFile;
  /** False when reading ended early: what an earlier import read from it stays. */
  readonly isWhole: boolean;
}

export interface ReadResult {
  readonly files: readonly ReadFile[];
  /** Ids of all articles that were read, changed or not. */
  readonly live: ReadonlySet<string>;
  readonly failures: readonly ImportFailure[];
}

export interface ReadDeps {
  readonly store: SourceStore;
  readonly spool: ArticleSpool;
  readonly maxChunks: number;
  readonly progress: PhaseProgress;
  readonly signal: AbortSignal | undefined;
}

/** A time no file has, so that it counts as changed. */
const NEVER = -1;

/**
 * Reads the planned files one after the other, cuts the articles that changed and puts them into the spool. Holds one
 * article at a time. A file that cannot be read is listed with its reason, and the rest goes on.
 */
export async function readPlanned({ toRead }: ImportPlan, deps: ReadDeps): Promise<ReadResult> {
  const { store, spool, progress, signal } = deps;
  const failures: ImportFailure[] = [];
  const files: ReadFile[] = [];
  const live = new Set<string>();
  const allBytes = toRead.reduce((sum, { found }) => sum + found.size, 0);
  let doneBytes = 0;
  let chunks = store.countChunks() - toRead.reduce((sum, file) => sum + storedChunks(file, store), 0);
  const slices = createWorkSlices();

  const takeArticle = (draft: ArticleDraft, { source, found, baseId }: PlannedFile): void => {
    const id = articleId(baseId, draft.key);
    if (live.has(id)) throw new UnreadableFile(`Another article has the id "${id}".`);
    const article = articleOf(draft, found, { id, pool: source.pool });
    const origin = source.id === null ? null : { sourceId: source.id, file: found.relativePath };
    const known = store.identity(id);
    const isKnown =
      known?.fingerprint === articleFingerprint(article, draft.pages) &&
      known.sourceId === (origin?.sourceId ?? null) &&
      known.file === (origin?.file ?? null);
    if (!isKnown) {
      const cut = cutArticle(article, draft.pages);
      chunks += cut.chunks.length;
      spool.add({ ...cut, origin });
    }
    live.add(id);
  };

  for (const planned of toRead) {
    throwIfCancelled(signal);
    const { found, stored } = planned;
    const list = createFailureList();
    let readBytes = 0;
    const note = (place: number | null, reason: string): void => list.add({ place, reason });
    let isWhole = true;
    let sha256: string | null = null;
    try {
      if (chunks >= deps.maxChunks) throw new KnowledgeFull(deps.maxChunks);
      const inspected = await inspectFile(found.path, signal);
      ({ sha256 } = inspected);
      if (stored?.sha256 === inspected.sha256 && stored.reader === readerStamp(planned.reader)) {
        // Only its time changed; its articles are as they were.
        for (const id of articlesOf(planned, store)) live.add(id);
        for (const failure of stored.failures) list.add(failure);
      } else {
        const reader = readerByContent(planned.reader, inspected);
        for await (const item of reader.read({ ...found, ...inspected }, signal)) {
          if ('failure' in item) note(item.failure.place, item.failure.reason);
          else {
            if (chunks >= deps.maxChunks) throw new KnowledgeFull(deps.maxChunks);
            try {
              takeArticle(item.article, planned);
            } catch (cause) {
              note(item.article.place ?? null, reasonOf(cause));
            }
            readBytes = Math.min(found.size, readBytes + item.article.markdown.length);
          }
          if (!slices.isOver()) continue;
          progress.at(files.length, (doneBytes + readBytes) / Math.max(1, allBytes));
          await slices.next();
          throwIfCancelled(signal);
        }
      }
    } catch (cause) {
      throwIfCancelled(signal);
      isWhole = false;
      // The file itself may be in order: it is tried again the next time.
      if (cause instanceof KnowledgeFull || isOfSystem(cause)) sha256 = null;
      note(null, `${reasonOf(cause)}${keptNote(planned, store)}`);
    }
    const { size, path: filePath, relativePath } = found;
    const modifiedMs = sha256 === null ? NEVER : found.modifiedMs;
    // Of a source, what was read before is kept.
    const lost = isWhole || planned.source.id !== null ? {} : { baseId: planned.baseId };
    failures.push(...list.all().map((failure: FileFailure) => ({ path: filePath, ...failure, ...lost })));
    files.push({
      planned,
      isWhole,
      stored: {
        ...{ path: relativePath, baseId: planned.baseId, size, modifiedMs, sha256: sha256 ?? '' },
        ...{ reader: readerStamp(planned.reader), failures: list.all() },
      },
    });
    doneBytes += found.size;
    progress.at(files.length, doneBytes / Math.max(1, allBytes));
  }
  return { files, live, failures };
}

/** What is searched must fit into the memory of a rep's laptop. */
class KnowledgeFull extends UnreadableFile {
  constructor(maxChunks: number) {
    super(`The knowledge holds ${maxChunks.toLocaleString('en')} passages, which is its limit.`);
  }
}

function isOfSystem(cause: unknown): boolean {
  return typeof (cause as NodeJS.ErrnoException).errno === 'number';
}

const articlesOf = ({ source, found }: PlannedFile, store: SourceStore): string[] =>
  source.id === null ? [] : store.articlesOfFile(source.id, found.relativePath);

const storedChunks = ({ source, found, stored }: PlannedFile, store: SourceStore): number =>
  source.id === null || !stored ? 0 : store.countChunks({ sourceId: source.id, file: found.relativePath });

function keptNote(planned: PlannedFile, store: SourceStore): string {
  return articlesOf(planned, store).length > 0 ? ' What was read from it before is kept.' : '';
}
