import { fieldNamed, parseFields } from './article-fields.js';
import { UnreadableFile } from './failure-reason.js';
import { readHtml, type HtmlPage } from './html-to-markdown.js';
import { readText } from './read-text.js';
import type { SourceReader } from './source-reader.js';

const MAX_BYTES = 5 * 1024 * 1024;

/** Meta tags of the web that say the same as a field. */
const WEB_META: Readonly<Record<string, string>> = {
  'og:title': 'title',
  'article:section': 'category',
  'article:modified_time': 'updated',
  'dcterms.modified': 'updated',
  'article:expiration_time': 'validUntil',
};

/** `.html`, `.htm`, `.xhtml`: one article; its fields are meta tags (`<meta name="brand" content="…">`). */
export const htmlReader: SourceReader = {
  id: 'html-1',
  async *read(file) {
    const page = readHtml(await readText(file, MAX_BYTES));
    yield { article: { key: null, fields: fieldsOf(page), markdown: page.markdown } };
  },
};

function fieldsOf({ meta, title, heading, language, canonical }: HtmlPage): ReturnType<typeof parseFields> {
  const values: Record<string, unknown> = {};
  const set = (name: string, value: string | null): void => {
    if (value !== null && value.trim() !== '') values[name] = value;
  };
  // Later ones win: a tag with our own name is meant for us. An author's page may carry any `author`.
  set('title', heading ?? title);
  if (language !== null && /^[a-z]{2}(?:-|$)/i.test(language)) set('language', language);
  set('source', canonical);
  for (const [name, field] of Object.entries(WEB_META)) set(field, meta[name] ?? null);
  for (const [name, value] of Object.entries(meta)) {
    const field = fieldNamed(name.replace(/^cuecard[:.]/, ''));
    if (field !== null) set(field, value);
  }
  try {
    return parseFields(values);
  } catch (cause) {
    throw new UnreadableFile(
      `Its meta tags are not valid: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}
