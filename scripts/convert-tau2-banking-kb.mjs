import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { writeBeir } from './datasets/beir.mjs';

/**
 * `node scripts/convert-tau2-banking-kb.mjs <folder of the set> <folder to write> [first|all]`: the help documents of tau-Knowledge banking (Shi et
 * al., arXiv 2603.04370) as a BEIR set. A query is what the customer of a task is told to say word for word: the opening, or all of it, a
 * line each; the relevant documents are those the task needs. Tasks without such words are left out.
 */
const [source, target, lines = 'all'] = process.argv.slice(2);
if (source === undefined || target === undefined) {
  process.stderr.write(
    'Usage: node scripts/convert-tau2-banking-kb.mjs <tau2-banking-kb> <folder to write> [first|all]\n',
  );
  process.exit(2);
}

const Document = z.object({ id: z.string(), title: z.string(), content: z.string() });
const Tasks = z.array(
  z.object({
    id: z.string(),
    user_scenario: z.object({ instructions: z.string() }),
    required_documents: z.array(z.string()),
  }),
);

/** Shorter quotations are names of shops, cards and accounts. */
const MIN_WORDS = 4;

/**
 * What stands in double quotes within one line, as the customer is told to say it.
 *
 * @param {string} instructions
 * @returns {string[]}
 */
function customerLines(instructions) {
  return Array.from(instructions.matchAll(/["“]([^"“”\n]+)["”]/g), ([, said = '']) => said.trim()).filter(
    (said) => said.split(/\s+/).length >= MIN_WORDS,
  );
}

const documents = (await readFile(join(source, 'documents.jsonl'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => Document.parse(JSON.parse(line)));
const files = (await readdir(source)).filter((name) => /^tasks.*\.json$/.test(name)).sort();
const tasks = (
  await Promise.all(
    files.map(async (name) => Tasks.parse(JSON.parse(await readFile(join(source, name), 'utf8')))),
  )
).flat();

const corpus = documents.map(({ id, title, content }) => ({ id, title, text: content }));
const queries = tasks.flatMap(({ id, user_scenario: { instructions }, required_documents: relevant }) => {
  const said = customerLines(instructions);
  const text = (lines === 'first' ? said.slice(0, 1) : said).join('\n');
  return text === '' || relevant.length === 0 ? [] : [{ id, text, relevant }];
});
await writeBeir(target, { corpus, queries });
process.stdout.write(
  `${String(corpus.length)} documents, ${String(queries.length)} tasks written to ${target}\n`,
);
