import { parseDocument } from 'yaml';

import { parseFields, type ArticleFields } from './article-fields.js';
import { UnreadableFile } from './failure-reason.js';

const BLOCK = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/;

/**
 * Parts a text file into its YAML front matter and its body (without leading blank lines). Unknown keys are left out.
 * @throws UnreadableFile with a reason for the author when the front matter is not valid.
 */
export function splitFrontMatter(file: string): { readonly fields: ArticleFields; readonly body: string } {
  const block = BLOCK.exec(file);
  if (!block) return { fields: {}, body: file.replace(/^\n+/, '') };
  const document = parseDocument(block[1] ?? '');
  const syntaxError = document.errors[0];
  if (syntaxError) {
    throw new UnreadableFile(`The front matter is not valid YAML: ${firstLine(syntaxError.message)}`);
  }
  // `maxAliasCount` keeps a few lines of YAML from growing to gigabytes.
  const values = valuesOf(() => document.toJS({ maxAliasCount: 20 }));
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new UnreadableFile('The front matter is not valid: it must be a list of names and values.');
  }
  return {
    fields: fieldsOf(values as Record<string, unknown>),
    body: file.slice(block[0].length).replace(/^\n+/, ''),
  };
}

function valuesOf(read: () => unknown): unknown {
  try {
    return read() ?? {};
  } catch (cause) {
    throw new UnreadableFile(
      `The front matter is not valid YAML: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}

function fieldsOf(values: Record<string, unknown>): ArticleFields {
  try {
    return parseFields(values);
  } catch (cause) {
    throw new UnreadableFile(
      `The front matter is not valid: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? message;
}
