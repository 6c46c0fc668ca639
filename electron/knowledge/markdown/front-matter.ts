import { parseDocument } from 'yaml';
import { z } from 'zod';

import { Audience } from '../../../shared/domain/evidence.js';

const text = z.string('must be text').trim().min(1, 'must not be empty');
const date = z.iso.date('must be a date such as 2026-09-14');

/** What an article may say about itself above its text; everything can be left out. */
export const FrontMatter = z.object({
  title: text.optional(),
  category: text.optional(),
  audience: z.enum(Audience.options, 'must be "public" or "internal"').optional(),
  brand: text.nullable().optional(),
  product: text.nullable().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'must be a two-letter code such as "en"')
    .optional(),
  owner: text.nullable().optional(),
  updated: date.nullable().optional(),
  validFrom: date.nullable().optional(),
  validUntil: date.nullable().optional(),
  source: text.nullable().optional(),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

const BLOCK = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/;

/**
 * Parts a Markdown file into its YAML front matter and its body (without leading blank lines). Unknown keys are left out.
 * @throws Error with a reason for the author when the front matter is not valid.
 */
export function splitFrontMatter(file: string): { readonly frontMatter: FrontMatter; readonly body: string } {
  const block = BLOCK.exec(file);
  if (!block) return { frontMatter: {}, body: file.replace(/^\n+/, '') };
  const document = parseDocument(block[1] ?? '');
  const syntaxError = document.errors[0];
  if (syntaxError) throw new Error(`The front matter is not valid YAML: ${firstLine(syntaxError.message)}`);
  const parsed = FrontMatter.safeParse(document.toJS() ?? {});
  if (!parsed.success) throw new Error(`The front matter is not valid: ${describe(parsed.error)}.`);
  return { frontMatter: parsed.data, body: file.slice(block[0].length).replace(/^\n+/, '') };
}

function describe(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')} ${message}` : message))
    .join('; ');
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? message;
}
