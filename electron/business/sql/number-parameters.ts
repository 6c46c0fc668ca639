/** A statement as Postgres takes it: `$1` in place of each `:name`, without comments. */
export interface NumberedStatement {
  readonly text: string;
  /** The name behind `$1`, `$2`, ... */
  readonly names: readonly string[];
}

/** What of a statement is no place for a parameter; tried in this order at each sign. */
const PARTS = [
  ['text', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/uy],
  ['text', /'(?:[^']|'')*'/uy],
  ['text', /"(?:[^"]|"")*"/uy],
  ['text', /(\$(?:[\p{L}_][\p{L}\d_]*)?\$)[\s\S]*?\1/uy],
  ['comment', /--[^\n]*/uy],
  ['number', /\$\d/uy],
  ['text', /::/uy],
  ['name', /:([a-z_][a-z0-9_]*)/uy],
  ['text', /[\p{L}_][\p{L}\d_$]*/uy],
  ['end', /;\s*/uy],
  ['comment', /\/\*/uy],
  ['open', /['"]/uy],
  ['text', /[\s\S]/uy],
] as const;

/**
 * Puts numbered parameters where a statement names them. Values never become part of the text: they travel beside it. Pure.
 * @returns a sentence in place of a statement that cannot be used.
 */
export function numberParameters(sql: string): NumberedStatement | { readonly problem: string } {
  const names: string[] = [];
  let text = '';
  let at = 0;
  while (at < sql.length) {
    const [kind, words, name] = partAt(sql, at);
    at += words.length;
    switch (kind) {
      case 'comment': {
        if (words === '/*') return { problem: 'write comments with --' };
        text += ' ';
        break;
      }
      case 'name': {
        if (!names.includes(name)) names.push(name);
        text += `$${String(names.indexOf(name) + 1)}`;
        break;
      }
      case 'number':
        return { problem: 'name parameters like :number instead of $1' };
      case 'open':
        return { problem: 'a quote is not closed' };
      case 'end': {
        if (at < sql.length) return { problem: 'it is more than one statement' };
        break;
      }
      case 'text':
        text += words;
    }
  }
  return { text: text.trim(), names };
}

function partAt(sql: string, at: number): readonly [(typeof PARTS)[number][0], string, string] {
  for (const [kind, pattern] of PARTS) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found) return [kind, found[0], found[1] ?? ''];
  }
  return ['text', sql.slice(at, at + 1), ''];
}
