import { parseFields, type ArticleFields } from './article-fields.js';
import { keyOf } from './article-ids.js';
import { UnreadableFile } from './failure-reason.js';
import { readHtml } from './html-to-markdown.js';
import { readText } from './read-text.js';
import type { SourceReader } from './source-reader.js';
import { sectionNames, ZendeskArticle, ZendeskExport, type SectionNames } from './zendesk-export.js';

/** JSON has to be held whole; a help centre that large comes in pages (`articles_2.json`). */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * `.json`: a help-centre export of Zendesk Guide, one article each. Drafts are left out; an article for a user segment is
 * internal; the section is its category, the language that of its locale, the source its web address.
 */
export const zendeskReader: SourceReader = {
  id: 'zendesk-1',
  async *read(file) {
    const lists = parseExport(await readText(file, MAX_BYTES));
    const { articles } = lists;
    if (!articles) return;
    const sections = await sectionNames(file.path, lists);
    let drafts = 0;
    for (const [i, item] of articles.entries()) {
      const parsed = ZendeskArticle.safeParse(item);
      const place = i + 1;
      if (!parsed.success) {
        const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'the article').join(', ');
        yield {
          failure: {
            place,
            reason: `Article ${String(place)} of the list is not in the form of an export (${fields}).`,
          },
        };
        continue;
      }
      const article = parsed.data;
      if (article.draft) {
        drafts++;
        continue;
      }
      const name = article.title ?? article.name ?? article.id;
      try {
        const markdown = readHtml(article.body ?? '').markdown;
        if (markdown.trim() === '') throw new UnreadableFile('it has no text');
        // The same article in another language keeps its number.
        const key = keyOf(article.locale ? `${article.id} ${article.locale}` : article.id);
        yield { article: { key, fields: fieldsOf(article, name, sections), markdown, place } };
      } catch (cause) {
        yield {
          failure: {
            place,
            reason: `Article "${name}": ${cause instanceof Error ? cause.message : String(cause)}.`,
          },
        };
      }
    }
    if (drafts > 0) {
      const reason = `${drafts === 1 ? 'One draft was' : `${String(drafts)} drafts were`} left out.`;
      yield { failure: { place: null, reason } };
    }
  },
};

function parseExport(text: string): ZendeskExport {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UnreadableFile(
      `It is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
  const parsed = ZendeskExport.safeParse(Array.isArray(value) ? { articles: value } : value);
  if (parsed.success && Object.values(parsed.data).some((list) => list !== undefined)) return parsed.data;
  throw new UnreadableFile(
    'It is no help-centre export: it has no list "articles" (docs/knowledge-sources.md).',
  );
}

function fieldsOf(article: ZendeskArticle, name: string, sections: SectionNames): ArticleFields {
  const values: Record<string, unknown> = {
    title: name,
    category: sections.get(article.section_id ?? ''),
    audience: article.user_segment_id ? 'internal' : 'public',
    language: article.locale ?? undefined,
    source: article.html_url ?? undefined,
    updated: article.edited_at ?? article.updated_at ?? undefined,
  };
  return parseFields(
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')),
  );
}
