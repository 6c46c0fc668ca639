import path from 'node:path';

import type { KnowledgeArticle, KnowledgePool } from '../../../shared/domain/knowledge-article.js';
import { UnreadableFile } from './failure-reason.js';
import type { FoundFile } from './find-files.js';
import { guessLanguage } from './guess-language.js';
import type { ArticleDraft } from './source-reader.js';

/**
 * Makes an article of a draft. What it leaves out is taken from the file: the title from its first top heading or the
 * file's name, the category from the folder, the language from the words. Past conversations are internal.
 * @throws UnreadableFile when it has no text.
 */
export function articleOf(
  draft: ArticleDraft,
  { relativePath }: Pick<FoundFile, 'relativePath'>,
  { id, pool }: { readonly id: string; readonly pool: KnowledgePool },
): KnowledgeArticle {
  const { fields, markdown } = draft;
  if (markdown.trim() === '') throw new UnreadableFile('The article has no text.');
  const title = fields.title ?? firstTopHeading(markdown) ?? titleFromName(relativePath);
  return {
    id,
    title,
    category: fields.category ?? folderOf(relativePath),
    audience: pool === 'cases' ? 'internal' : (fields.audience ?? 'public'),
    language: fields.language ?? guessLanguage(`${title}\n${markdown}`),
    brand: fields.brand ?? null,
    pool,
    product: fields.product ?? null,
    owner: fields.owner ?? null,
    source: fields.source ?? null,
    updatedAt: fields.updated ?? null,
    validFrom: fields.validFrom ?? null,
    validUntil: fields.validUntil ?? null,
    markdown,
  };
}

function firstTopHeading(body: string): string | null {
  return /^# +(.+?)[ #]*$/m.exec(body)?.[1] ?? null;
}

function titleFromName(relativePath: string): string {
  const words = path.posix
    .basename(relativePath)
    .replace(/\.[^.]+$/, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
  return words === '' ? relativePath : words.charAt(0).toUpperCase() + words.slice(1);
}

function folderOf(relativePath: string): string {
  const folder = path.posix.basename(path.posix.dirname(relativePath));
  return folder === '.' ? 'general' : folder;
}
