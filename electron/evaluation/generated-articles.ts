import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { createSeededRandom } from '../models/adapters/seeded-random.js';

/** A made-up article in the manner of the demo team's. */
export interface GeneratedArticle {
  readonly title: string;
  readonly category: string;
  /** Without front matter. */
  readonly markdown: string;
}

interface SourceSection {
  readonly heading: string;
  readonly sentences: readonly string[];
}

const LOOKS =
  'Alder,Birch,Cedar,Coral,Copper,Dune,Elm,Fern,Flint,Garnet,Hazel,Indigo,Juniper,Kelp,Larch,Maple,Meadow,Moss,North,Oak,Ochre,Pebble,Quartz,Reed,Rowan,Saffron,Sage,Slate,Spruce,Thistle,Umber,Violet,Walnut,Willow,Winter,Zinc';
const THINGS =
  'backpack,bed frame,blanket,blender,bookshelf,camping stove,carpet,chair,coat,coffee maker,cooler,desk,drill,duvet,fan,frying pan,grill,hammock,headphones,heater,jacket,kettle,knife set,lamp,lantern,mattress,mixer,monitor arm,oven dish,pillow,pressure cooker,raincoat,scale,scarf,sleeping bag,sofa,speaker,stroller,suitcase,tent,toaster,toolbox,tripod,trolley,vacuum cleaner,vase,wok';
const PLACES =
  'Austria,Belgium,Denmark,Finland,France,Germany,Ireland,Italy,Norway,Poland,Portugal,Spain,Sweden,Switzerland';

/**
 * Endless articles of varied sentences for load tests, the same for the same seed: sections of the demo articles are mixed within their
 * category, each about a product of its own, with other numbers, places and codes. Close to what articles that exist once per product
 * look like, and harder for an index than unrelated texts.
 */
export function* generateArticles(demoDir: string, seed: number): Generator<GeneratedArticle> {
  const byCategory = [...readSections(path.join(demoDir, 'knowledge'))];
  const random = createSeededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const looks = LOOKS.split(',');
  const things = THINGS.split(',');
  const places = PLACES.split(',');
  for (let count = 0; ; count++) {
    const [category, sections] = pick(byCategory);
    const product = `${pick(looks)} ${pick(things)}`;
    const code = `${product.slice(0, 2).toUpperCase()}-${String(Math.floor(random() * 9000) + 1000)}`;
    const vary = (sentence: string): string =>
      sentence
        .replace(/\b\d{2,}\b/g, () => String(Math.floor(random() * 90) + 10))
        .replace(/\b(?:Germany|Switzerland|Austria|France)\b/g, () => pick(places))
        .replace(/\b(?:the|an|your) (?:item|product|article)\b/gi, `the ${product}`);
    const body = Array.from({ length: 2 + Math.floor(random() * 5) }, () => {
      const { heading, sentences } = pick(sections);
      const other = pick(sections).sentences;
      const mixed = sentences.map((sentence) => vary(random() < 0.35 ? pick(other) : sentence));
      const own = random() < 0.5 ? [`This is about the ${product} (${code}).`] : [];
      return `## ${vary(heading)}\n\n${[...own, ...mixed].join(' ')}`;
    });
    yield {
      title: `${vary(pick(sections).heading)}: ${product} ${String(count)}`,
      category,
      markdown: body.join('\n\n'),
    };
  }
}

/** Questions about what such articles tell: a sentence of one of them each, asked for. */
export function* generatedQuestions(demoDir: string, seed: number, count: number): Generator<string> {
  let left = count;
  // Another seed: the questions are about other products and numbers than most articles.
  for (const { title, markdown } of generateArticles(demoDir, seed + 1000)) {
    if (left-- === 0) return;
    const [, , first = ''] = markdown.split('\n');
    const sentence = first.split(/(?<=[.!?]) /).find((text) => text.length > 30) ?? title;
    yield `Hello, I have a question about ${title.replace(/ \d+$/, '')}. Is it true that ${sentence}`;
  }
}

function readSections(knowledgeDir: string): Map<string, SourceSection[]> {
  const byCategory = new Map<string, SourceSection[]>();
  for (const name of readdirSync(knowledgeDir, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.md')) continue;
    const text = readFileSync(path.join(knowledgeDir, name), 'utf8').replace(/^---\n.*?\n---\n/s, '');
    const category = path.dirname(name);
    for (const part of text.split(/^## /m)) {
      const [heading = '', ...lines] = part.split('\n');
      const sentences = lines
        .filter((line) => !line.startsWith('|'))
        .flatMap((line) => line.replace(/^(?:-|\d+\.) /, '').split(/(?<=[.!?]) /))
        .filter((sentence) => sentence.length > 20);
      if (sentences.length < 2 || heading === '') continue;
      byCategory.set(category, [...(byCategory.get(category) ?? []), { heading, sentences }]);
    }
  }
  return byCategory;
}
