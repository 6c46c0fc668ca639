import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A retrieval set in the form of BEIR (Thakur et al., NeurIPS 2021), as `cuecard eval retrieval --dir` reads it.
 *
 * @typedef {object} BeirSet
 * @property {readonly { id: string, title: string, text: string, metadata?: Record<string, string> }[]} corpus
 * @property {readonly { id: string, text: string, metadata?: Record<string, string>, relevant: readonly string[] }[]} queries
 */

/**
 * Writes corpus.jsonl, queries.jsonl and qrels/test.tsv.
 *
 * @param {string} dir made when it is not there
 * @param {BeirSet} set
 * @returns {Promise<void>}
 */
export async function writeBeir(dir, { corpus, queries }) {
  await mkdir(join(dir, 'qrels'), { recursive: true });
  const qrels = queries.flatMap(({ id, relevant }) => relevant.map((doc) => `${id}\t${doc}\t1`));
  await writeFile(join(dir, 'corpus.jsonl'), jsonLines(corpus));
  await writeFile(
    join(dir, 'queries.jsonl'),
    jsonLines(queries.map(({ id, text, metadata }) => ({ id, text, metadata }))),
  );
  await writeFile(join(dir, 'qrels', 'test.tsv'), `query-id\tcorpus-id\tscore\n${qrels.join('\n')}\n`);
}

/**
 * @param {readonly { id: string }[]} rows
 * @returns {string}
 */
function jsonLines(rows) {
  return rows.map(({ id, ...rest }) => `${JSON.stringify({ _id: id, ...rest })}\n`).join('');
}
