/** Letters and digits of any script, everything else a single dash: `Return policy.md` -> `return-policy`. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

const withoutExtension = (relativePath: string): string => relativePath.replace(/\.[^./]+$/, '');

/**
 * Gives every file its article id: the slug of its name, or of its whole path where two files share a name. Ids stay
 * the same over imports, so that citations and feedback keep pointing at their article.
 */
export function articleIds(relativePaths: readonly string[]): readonly string[] {
  const names = relativePaths.map((relativePath) =>
    slug(withoutExtension(relativePath).split('/').at(-1) ?? ''),
  );
  const uses = new Map<string, number>();
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  return relativePaths.map((relativePath, i) => {
    const name = names[i] ?? '';
    return name !== '' && uses.get(name) === 1
      ? name
      : slug(withoutExtension(relativePath)) || encodeURI(relativePath);
  });
}
