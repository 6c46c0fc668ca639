import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ImportFailure } from '../knowledge-base.js';

/** A Markdown file as it was found, its text clean: no byte order mark, line ends `\n`. */
export interface ArticleFile {
  /** As the user would write it. */
  readonly path: string;
  /** From the imported folder, with `/`, for example `returns/return-policy.md`; for a single file its name. */
  readonly relativePath: string;
  readonly text: string;
}

export interface FoundFiles {
  readonly files: readonly ArticleFile[];
  readonly failures: readonly ImportFailure[];
}

const MARKDOWN_NAME = /\.(md|markdown)$/i;
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Reads every Markdown file under `paths` (files or folders), sorted by path. Hidden folders, `node_modules` and links
 * are left out. A file that cannot be read as text is listed in `failures`, and the rest goes on.
 * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND when one of `paths` does not exist.
 */
export async function readArticleFiles(paths: readonly string[]): Promise<FoundFiles> {
  const files: ArticleFile[] = [];
  const failures: ImportFailure[] = [];
  for (const found of await findMarkdown(paths)) {
    const text = await readText(found.path).catch((cause: unknown) => {
      failures.push({ path: found.path, reason: cause instanceof Error ? cause.message : String(cause) });
      return null;
    });
    if (text !== null) files.push({ ...found, text });
  }
  return { files, failures };
}

type Location = Omit<ArticleFile, 'text'>;

async function findMarkdown(paths: readonly string[]): Promise<readonly Location[]> {
  const found = new Map<string, Location>();
  for (const given of paths) {
    const info = await stat(given).catch(() => null);
    if (!info) throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', given);
    const locations = info.isDirectory()
      ? await walk(given, '')
      : [{ path: given, relativePath: path.basename(given) }];
    for (const location of locations) {
      if (!found.has(path.resolve(location.path))) found.set(path.resolve(location.path), location);
    }
  }
  return [...found.values()].sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
}

async function walk(root: string, inside: string): Promise<Location[]> {
  const locations: Location[] = [];
  for (const entry of await readdir(path.join(root, inside), { withFileTypes: true })) {
    const relativePath = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
      locations.push(...(await walk(root, relativePath)));
    } else if (entry.isFile() && MARKDOWN_NAME.test(entry.name)) {
      locations.push({ path: path.join(root, relativePath), relativePath });
    }
  }
  return locations;
}

async function readText(file: string): Promise<string> {
  if ((await stat(file)).size > MAX_BYTES) throw new Error('The file is larger than 2 MB.');
  const bytes = await readFile(file);
  if (bytes.includes(0)) throw new Error('The file is binary, not Markdown text.');
  try {
    // The decoder also drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true })
      .decode(bytes)
      .replaceAll('\r\n', '\n')
      .replaceAll('\r', '\n');
  } catch {
    throw new Error('The file is not valid UTF-8 text.');
  }
}
