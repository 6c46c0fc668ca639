import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { facetsOf, type BeirScope } from '../evaluation/beir-scope.js';
import type { BeirDocument } from '../evaluation/beir-set.js';

/** Documents of one folder: some file systems are slow with more. */
const FOLDER_SIZE = 1000;
const TITLE_WORDS = 10;

/**
 * Writes documents as a team's Markdown files, to be imported as any others are: `source` keeps the id, the facets of the scope become
 * product and brand. A document without a title is called by its first words.
 */
export async function writeAsArticles(
  dir: string,
  documents: readonly BeirDocument[],
  scope: BeirScope,
): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  for (const [at, document] of documents.entries()) {
    const folder = path.join(dir, `part-${String(Math.floor(at / FOLDER_SIZE))}`);
    if (at % FOLDER_SIZE === 0) await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `document-${String(at)}.md`), markdownOf(document, scope));
  }
}

function markdownOf({ id, title, text, metadata }: BeirDocument, scope: BeirScope): string {
  const firstWords = text.trim().split(/\s+/).slice(0, TITLE_WORDS).join(' ');
  const frontMatter = {
    title: title || firstWords || id,
    language: 'en',
    source: id,
    ...facetsOf(metadata, scope),
  };
  // JSON strings are YAML strings.
  const lines = Object.entries(frontMatter).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n${text.trim() || frontMatter.title}\n`;
}
