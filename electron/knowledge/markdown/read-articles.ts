import path from 'node:path';

import { detect } from 'tinyld';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import type { ImportFailure } from '../knowledge-base.js';
import { readArticleFiles, type ArticleFile } from './article-files.js';
import { articleIds } from './article-ids.js';
import { splitFrontMatter } from './front-matter.js';

export interface ReadArticles {
  readonly articles: readonly KnowledgeArticle[];
  readonly failures: readonly ImportFailure[];
}

/**
 * Reads Markdown files as articles. What the front matter leaves out is taken from the file: the title from its first
 * top heading or its name, the category from its folder, the language from its words.
 * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND, KNOWLEDGE_NOTHING_TO_IMPORT.
 */
export async function readArticles(paths: readonly string[]): Promise<ReadArticles> {
  const found = await readArticleFiles(paths);
  const failures: ImportFailure[] = [...found.failures];
  const articles = new Map<string, KnowledgeArticle>();
  const ids = articleIds(found.files.map((file) => file.relativePath));
  found.files.forEach((file, i) => {
    const id = ids[i] ?? file.relativePath;
    try {
      if (articles.has(id)) throw new Error(`Another imported file already has the id "${id}".`);
      articles.set(id, articleOf(file, id));
    } catch (cause) {
      failures.push({ path: file.path, reason: cause instanceof Error ? cause.message : String(cause) });
    }
  });
  if (articles.size === 0)
    throw new AppErrorException('KNOWLEDGE_NOTHING_TO_IMPORT', reasonForNothing(paths, failures));
  return { articles: [...articles.values()], failures };
}

function articleOf(file: ArticleFile, id: string): KnowledgeArticle {
  const { frontMatter, body } = splitFrontMatter(file.text);
  if (body.trim() === '') throw new Error('The article has no text.');
  return {
    id,
    title: frontMatter.title ?? firstTopHeading(body) ?? titleFromName(file.relativePath),
    category: frontMatter.category ?? folderOf(file.relativePath),
    audience: frontMatter.audience ?? 'public',
    language: frontMatter.language ?? languageOf(body),
    brand: frontMatter.brand ?? null,
    pool: 'articles',
    product: frontMatter.product ?? null,
    owner: frontMatter.owner ?? null,
    source: frontMatter.source ?? null,
    updatedAt: frontMatter.updated ?? null,
    validFrom: frontMatter.validFrom ?? null,
    validUntil: frontMatter.validUntil ?? null,
    markdown: body,
  };
}

function firstTopHeading(body: string): string | null {
  return /^# +(.+?)[ #]*$/m.exec(body)?.[1] ?? null;
}

function titleFromName(relativePath: string): string {
  const words = path.posix
    .basename(relativePath)
    .replace(/\.[^.]+$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function folderOf(relativePath: string): string {
  const folder = path.posix.basename(path.posix.dirname(relativePath));
  return folder === '.' ? 'general' : folder;
}

/** Short texts and code are guessed wrongly, so English is assumed for them. */
function languageOf(body: string): string {
  const sample = body.slice(0, 5000);
  return (sample.length >= 80 && detect(sample)) || 'en';
}

function reasonForNothing(paths: readonly string[], failures: readonly ImportFailure[]): string {
  const first = failures[0];
  return first ? `${first.path}: ${first.reason}` : paths.join(', ');
}
