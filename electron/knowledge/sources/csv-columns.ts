import { fieldNamed, parseFields, type ArticleFields } from './article-fields.js';

/** What the columns of a table of questions and answers mean. */
export interface CsvColumns {
  /** False when the first row is data already. */
  readonly hasHeader: boolean;
  readonly question: number;
  readonly answer: number;
  /** Column of an id of the row's own, or null. */
  readonly id: number | null;
  /** All other columns with a meaning. */
  readonly fields: readonly { readonly column: number; readonly name: keyof ArticleFields }[];
}

const QUESTION =
  /^(?:questions?|q|faq|query|title|subject|heading|headline|name|utterance|frage|pregunta|titel)$/;
const ANSWER =
  /^(?:answers?|a|body|content|contents|text|response|reply|solution|resolution|description|html|markdown|article|antwort|respuesta|inhalt)$/;
const ID = /^(?:id|key|articleid|externalid|number|slug)$/;

const plain = (name: string): string => name.toLowerCase().replace(/[\s_:.-]+/g, '');

/**
 * Finds question and answer by the names in the first row; two columns without names are question and answer.
 * Null when neither works.
 */
export function csvColumns(firstRow: readonly string[]): CsvColumns | null {
  const names = firstRow.map(plain);
  // The more telling names come first: a table may have both a question and a title.
  const questionOf = (pattern: RegExp): number => names.findIndex((name) => pattern.test(name));
  const question =
    [/^(?:questions?|q|frage|pregunta)$/, QUESTION].map(questionOf).find((at) => at >= 0) ?? -1;
  const answer = [/^(?:answers?|a|antwort|respuesta)$/, ANSWER].map(questionOf).find((at) => at >= 0) ?? -1;
  if (question < 0 || answer < 0 || question === answer) {
    const isBare = firstRow.length === 2 && question < 0 && answer < 0;
    return isBare ? { hasHeader: false, question: 0, answer: 1, id: null, fields: [] } : null;
  }
  const id = names.findIndex((name) => ID.test(name));
  const fields = firstRow.flatMap((name, column) => {
    const field = column === question || column === answer ? null : fieldNamed(name);
    return field === null || field === 'title' ? [] : [{ column, name: field }];
  });
  return { hasHeader: true, question, answer, id: id < 0 ? null : id, fields };
}

/** @throws Error that names each field that is not valid. */
export function csvFields(row: readonly string[], { fields }: CsvColumns): ArticleFields {
  const values: Record<string, string> = {};
  for (const { column, name } of fields) {
    const value = row[column]?.trim() ?? '';
    if (value !== '') values[name] = name === 'audience' ? value.toLowerCase() : value;
  }
  return parseFields(values);
}

/** The delimiter the first line uses most, outside quotes. */
export function delimiterOf(head: string, isTab: boolean): string {
  if (isTab) return '\t';
  const line = head.replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/, 1)[0] ?? '';
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: line.split(mark).length - 1 }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}
