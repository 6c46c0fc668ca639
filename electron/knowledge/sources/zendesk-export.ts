import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String);
const optionalText = z.string().nullish();

/** An article of Zendesk Guide's API (`GET /api/v2/help_center/articles`). */
export const ZendeskArticle = z.object({
  id: Id,
  title: optionalText,
  name: optionalText,
  body: optionalText,
  locale: optionalText,
  draft: z.boolean().nullish(),
  section_id: Id.nullish(),
  /** Null: everybody may read it. */
  user_segment_id: Id.nullish(),
  html_url: optionalText,
  edited_at: optionalText,
  updated_at: optionalText,
});
export type ZendeskArticle = z.infer<typeof ZendeskArticle>;

/** Lists of an export; each may be in a file of its own. */
export const ZendeskExport = z.object({
  articles: z.array(z.unknown()).optional(),
  sections: z.array(z.object({ id: Id, name: z.string(), category_id: Id.nullish() })).optional(),
  categories: z.array(z.object({ id: Id, name: z.string() })).optional(),
});
export type ZendeskExport = z.infer<typeof ZendeskExport>;

/** The name of the section, or of the category where the section has none, by section id. */
export type SectionNames = ReadonlyMap<string, string>;

const MAX_LISTS_BYTES = 16 * 1024 * 1024;

/** Reads the names of sections from the export itself and from `sections*.json` and `categories*.json` beside it. */
export async function sectionNames(file: string, own: ZendeskExport): Promise<SectionNames> {
  const dir = path.dirname(file);
  const lists = [own];
  for (const name of await readdir(dir)) {
    if (!/^(?:sections|categories)[\w-]*\.json$/i.test(name) || name === path.basename(file)) continue;
    const text = await readFile(path.join(dir, name), 'utf8').catch(() => '');
    if (text === '' || text.length > MAX_LISTS_BYTES) continue;
    const parsed = ZendeskExport.safeParse(parseJson(text));
    if (parsed.success) lists.push(parsed.data);
  }
  const categories = new Map(
    lists.flatMap(({ categories: list = [] }) => list).map(({ id, name }) => [id, name]),
  );
  return new Map(
    lists
      .flatMap(({ sections = [] }) => sections)
      .map(({ id, name, category_id }) => [id, name.trim() || (categories.get(category_id ?? '') ?? '')]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
