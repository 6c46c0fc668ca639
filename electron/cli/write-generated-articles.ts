import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { generateArticles } from '../evaluation/generated-articles.js';

export interface GeneratedFolder {
  readonly articles: number;
  readonly seed: number;
  readonly demoDir: string;
  /** Writes only the first so many of them, each with a sentence more. */
  readonly changed?: number;
}

/** Some file systems are slow with more files in one folder. */
const FOLDER_SIZE = 500;

/** Writes generated articles as a team's Markdown files. @returns bytes that were written. */
export async function writeGeneratedArticles(
  dir: string,
  { articles, seed, demoDir, changed }: GeneratedFolder,
): Promise<number> {
  let at = 0;
  let bytes = 0;
  for (const { title, markdown } of generateArticles(demoDir, seed)) {
    if (at === (changed ?? articles)) break;
    const folder = path.join(dir, `part-${String(Math.floor(at / FOLDER_SIZE))}`);
    if (at % FOLDER_SIZE === 0) await mkdir(folder, { recursive: true });
    const more = changed === undefined ? '' : ' Ask for this offer until the end of the month.';
    const text = `---\ntitle: ${JSON.stringify(title)}\nlanguage: en\n---\n${markdown}${more}\n`;
    await writeFile(path.join(folder, `article-${String(at)}.md`), text);
    bytes += Buffer.byteLength(text);
    at += 1;
  }
  return bytes;
}
