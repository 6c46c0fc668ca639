import { createReadStream, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

const Metadata = z.record(z.string(), z.unknown()).optional();
const DocumentLine = z.object({
  _id: z.coerce.string(),
  title: z.string().nullish(),
  text: z.string(),
  metadata: Metadata,
});
const QueryLine = z.object({ _id: z.coerce.string(), text: z.string(), metadata: Metadata });

export interface BeirDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface BeirQuery {
  readonly id: string;
  /** What the customer said, a line each, oldest first; one line for a single message. */
  readonly text: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Document id to gain, larger is better; empty for a query that no document answers. */
  readonly relevant: ReadonlyMap<string, number>;
}

/** A retrieval set in the form of BEIR (Thakur et al., NeurIPS 2021). */
export interface BeirSet {
  readonly documents: readonly BeirDocument[];
  /** Those judged in the split, then those no split judges. */
  readonly queries: readonly BeirQuery[];
}

/**
 * Reads `corpus.jsonl`, `queries.jsonl` and `qrels/<split>.tsv` of a folder. Queries that only another split judges are left out; those no
 * split judges have no answer in the corpus.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID with file and line.
 */
export async function readBeirSet(dir: string, split: string): Promise<BeirSet> {
  const documents: BeirDocument[] = [];
  const ids = new Set<string>();
  for await (const { value, place } of jsonLines(path.join(dir, 'corpus.jsonl'), DocumentLine)) {
    if (ids.has(value._id)) throw invalid(place, `the id "${value._id}" is there twice`);
    ids.add(value._id);
    documents.push({
      id: value._id,
      title: value.title?.trim() ?? '',
      text: value.text,
      metadata: plain(value.metadata),
    });
  }
  if (documents.length === 0) throw invalid(path.join(dir, 'corpus.jsonl'), 'it holds no document');
  const file = path.join(dir, 'qrels', `${split}.tsv`);
  const judged = await readQrels(file, ids);
  const elsewhere = await judgedElsewhere(path.join(dir, 'qrels'), `${split}.tsv`);
  const queries: BeirQuery[] = [];
  for await (const { value } of jsonLines(path.join(dir, 'queries.jsonl'), QueryLine)) {
    const relevant = judged.get(value._id);
    if (!relevant && elsewhere.has(value._id)) continue;
    queries.push({
      id: value._id,
      text: value.text,
      metadata: plain(value.metadata),
      relevant: relevant ?? new Map(),
    });
  }
  const known = new Set(queries.map(({ id }) => id));
  const lost = [...judged.keys()].find((id) => !known.has(id));
  if (lost !== undefined) throw invalid(file, `the query "${lost}" is not in queries.jsonl`);
  return {
    documents,
    queries: queries.sort((a, b) => Number(b.relevant.size > 0) - Number(a.relevant.size > 0)),
  };
}

async function readQrels(
  file: string,
  documents: ReadonlySet<string> | null,
): Promise<Map<string, Map<string, number>>> {
  const judged = new Map<string, Map<string, number>>();
  let line = 0;
  for await (const text of linesOf(file)) {
    line++;
    const [query = '', document = '', score = ''] = text.split('\t');
    if (text.trim() === '' || (line === 1 && Number.isNaN(Number(score)))) continue;
    const gain = Number(score);
    const place = `${file}, line ${String(line)}`;
    if (document === '' || score.trim() === '' || Number.isNaN(gain))
      throw invalid(place, 'it needs query id, document id and score, parted by tabs');
    if (gain <= 0) continue;
    if (documents && !documents.has(document))
      throw invalid(place, `the document "${document}" is not in corpus.jsonl`);
    judged.set(query, (judged.get(query) ?? new Map<string, number>()).set(document, gain));
  }
  return judged;
}

async function judgedElsewhere(dir: string, split: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const name of readdirSync(dir)) {
    if (name === split || !name.endsWith('.tsv')) continue;
    for (const id of (await readQrels(path.join(dir, name), null)).keys()) ids.add(id);
  }
  return ids;
}

async function* jsonLines<T>(
  file: string,
  schema: z.ZodType<T>,
): AsyncGenerator<{ value: T; place: string }> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line++;
    if (text.trim() === '') continue;
    const place = `${file}, line ${String(line)}`;
    const parsed = schema.safeParse(jsonOf(text, place));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalid(place, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
    }
    yield { value: parsed.data, place };
  }
}

function jsonOf(text: string, place: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(place, 'it is not JSON', cause);
  }
}

function linesOf(file: string): AsyncIterable<string> {
  if (!existsSync(file)) throw new AppErrorException('EVALUATION_DATA_NOT_FOUND', file);
  return createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
}

function plain(metadata: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata ?? {}).flatMap(([key, value]) =>
      (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
        ? [[key, String(value).trim()]]
        : [],
    ),
  );
}

function invalid(place: string, reason: string, cause?: unknown): AppErrorException {
  return new AppErrorException('EVALUATION_DATA_INVALID', `${place}: ${reason}`, { cause });
}
