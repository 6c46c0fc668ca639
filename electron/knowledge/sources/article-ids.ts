import { createHash } from 'node:crypto';

/** Letters and digits of any script, everything else a single dash: `Return policy.md` -> `return-policy`. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

const withoutExtension = (relativePath: string): string => relativePath.replace(/\.[^./]+$/, '');

/**
 * Gives every new file the id of its article, or what the ids of its articles begin with: the slug of its name, of its
 * whole path where two files share a name, and with a piece of a hash where another source took that, too. The files
 * keep them over imports, so that citations and feedback keep pointing at their article.
 */
export function baseIds(
  files: readonly { readonly path: string; readonly relativePath: string }[],
  isTaken: (id: string) => boolean,
): readonly string[] {
  const names = files.map(({ relativePath }) => slug(withoutExtension(relativePath).split('/').at(-1) ?? ''));
  const uses = new Map<string, number>();
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  const given = new Set<string>();
  const isFree = (id: string): boolean => id !== '' && !given.has(id) && !isTaken(id);
  return files.map(({ path, relativePath }, i) => {
    const name = names[i] ?? '';
    const ofPath = slug(withoutExtension(relativePath));
    const unique = `${ofPath || 'file'}-${shortHash(path)}`;
    const id = (uses.get(name) === 1 && isFree(name) ? name : null) ?? (isFree(ofPath) ? ofPath : unique);
    given.add(id);
    return id;
  });
}

/** The part of an article's id that names it within its file; no slug has a colon, so that ids of two files never meet. */
export const articleId = (baseId: string, key: string | null): string =>
  key === null ? baseId : `${baseId}:${key}`;

const LONGEST_KEY = 60;

/** A key of readable words, the same for the same text. */
export function keyOf(text: string): string {
  const words = slug(text);
  if (words.length > 0 && words.length <= LONGEST_KEY) return words;
  return `${words.slice(0, LONGEST_KEY - 9)}-${shortHash(text)}`.replace(/^-/, '');
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
