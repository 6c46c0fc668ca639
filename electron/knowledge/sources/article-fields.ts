import { z } from 'zod';

import { Audience } from '../../../shared/domain/evidence.js';

const text = z.string('must be text').trim().min(1, 'must not be empty');
const date = z
  .string('must be a date such as 2026-09-14')
  .transform((value) => /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(value.trim())?.[0] ?? value)
  .pipe(z.iso.date('must be a date such as 2026-09-14'));
const language = z
  .string('must be a two-letter code such as "en"')
  .transform((value) => value.trim().toLowerCase().split(/[-_]/, 1)[0])
  .pipe(z.string().regex(/^[a-z]{2}$/, 'must be a two-letter code such as "en"'));

/** What an article may say about itself, above its text or beside it; everything can be left out. */
export const ArticleFields = z.object({
  title: text.optional(),
  category: text.optional(),
  audience: z.enum(Audience.options, 'must be "public" or "internal"').optional(),
  brand: text.nullable().optional(),
  product: text.nullable().optional(),
  language: language.optional(),
  owner: text.nullable().optional(),
  updated: date.nullable().optional(),
  validFrom: date.nullable().optional(),
  validUntil: date.nullable().optional(),
  source: text.nullable().optional(),
});
export type ArticleFields = z.infer<typeof ArticleFields>;

/** Other words for a field, without case, spaces, dashes and underscores. */
const ALIASES: Readonly<Record<string, keyof ArticleFields>> = {
  section: 'category',
  topic: 'category',
  folder: 'category',
  visibility: 'audience',
  lang: 'language',
  locale: 'language',
  author: 'owner',
  updatedat: 'updated',
  lastupdated: 'updated',
  lastmodified: 'updated',
  modified: 'updated',
  from: 'validFrom',
  until: 'validUntil',
  validto: 'validUntil',
  expires: 'validUntil',
  expiresat: 'validUntil',
  url: 'source',
  link: 'source',
  sourceurl: 'source',
  sourceaddress: 'source',
  htmlurl: 'source',
};
const FIELDS = new Map(Object.keys(ArticleFields.shape).map((name) => [name.toLowerCase(), name]));

/** The field a key, column or meta tag stands for, however it is written: `valid_until`, `Valid until`, `expires`. */
export function fieldNamed(name: string): keyof ArticleFields | null {
  const plain = name.toLowerCase().replace(/[\s_:.-]+/g, '');
  return (FIELDS.get(plain) as keyof ArticleFields | undefined) ?? ALIASES[plain] ?? null;
}

/**
 * Reads what an article says about itself; names that stand for no field are left out.
 * @throws Error that names each field that is not valid.
 */
export function parseFields(values: Readonly<Record<string, unknown>>): ArticleFields {
  const known: Partial<Record<keyof ArticleFields, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fieldNamed(name);
    // The field's own name wins over another word for it.
    if (field !== null && (known[field] === undefined || field.toLowerCase() === name.toLowerCase())) {
      known[field] = value;
    }
  }
  const parsed = ArticleFields.safeParse(known);
  if (parsed.success) return parsed.data;
  throw new Error(describe(parsed.error));
}

function describe(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')} ${message}` : message))
    .join('; ');
}
