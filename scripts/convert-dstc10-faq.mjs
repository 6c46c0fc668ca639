import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { writeBeir } from './datasets/beir.mjs';

/**
 * `node scripts/convert-dstc10-faq.mjs <folder of the set> <folder to write> [last|all]`: the FAQ entries of DSTC10 track 2 task 2 (Kim et al.,
 * ASRU 2021) as a BEIR set. A document is an entry, a query the last turn of the customer (or all of them, a line each) that an entry
 * answers; both name the place, so that only its entries are searched.
 */
const [source, target, turns = 'last'] = process.argv.slice(2);
if (source === undefined || target === undefined) {
  process.stderr.write(
    'Usage: node scripts/convert-dstc10-faq.mjs <dstc10-faq> <folder to write> [last|all]\n',
  );
  process.exit(2);
}

const Entry = z.object({ title: z.string(), body: z.string() });
const Place = z.object({ docs: z.record(z.string(), Entry) });
const Knowledge = z.record(z.string(), z.record(z.string(), Place));
const Logs = z.array(z.array(z.object({ speaker: z.string(), text: z.string() })));
const Labels = z.array(
  z.object({
    target: z.boolean(),
    knowledge: z
      .array(
        z.object({ domain: z.string(), entity_id: z.union([z.string(), z.number()]), doc_id: z.number() }),
      )
      .optional(),
  }),
);

/** @param {string} name */
const read = async (name) => JSON.parse(await readFile(join(source, name), 'utf8'));
const knowledge = Knowledge.parse(await read('knowledge.json'));
const logs = Logs.parse(await read('logs.json'));
const labels = Labels.parse(await read('labels.json'));

const corpus = Object.entries(knowledge).flatMap(([domain, places]) =>
  Object.entries(places).flatMap(([place, { docs }]) =>
    Object.entries(docs).map(([doc, { title, body }]) => ({
      id: `${domain}-${place}-${doc}`,
      title,
      text: body,
      metadata: { place: `${domain}-${place}` },
    })),
  ),
);
const queries = labels.flatMap(({ knowledge: gold }, at) => {
  const [first] = gold ?? [];
  const said = (logs[at] ?? []).filter(({ speaker }) => speaker === 'U').map(({ text }) => text);
  if (first === undefined || said.length === 0) return [];
  return [
    {
      id: `q${String(at)}`,
      text: (turns === 'all' ? said : said.slice(-1)).join('\n'),
      metadata: { place: `${first.domain}-${String(first.entity_id)}` },
      relevant: (gold ?? []).map((one) => `${one.domain}-${String(one.entity_id)}-${String(one.doc_id)}`),
    },
  ];
});
await writeBeir(target, { corpus, queries });
process.stdout.write(
  `${String(corpus.length)} entries, ${String(queries.length)} questions written to ${target}\n`,
);
