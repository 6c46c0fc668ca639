/** As the system and SQLite name a disk that is full, read only, over its quota, or failing. */
const REFUSALS = /^(?:ENOSPC|EROFS|EDQUOT|EACCES|EPERM|EIO|SQLITE_(?:FULL|READONLY|IOERR|CANTOPEN)\w*)$/u;
const MOST_CAUSES = 5;

/** The word for why the disk took nothing, of the error or of what caused it; null for any other error. */
export function diskRefusalOf(error: unknown): string | null {
  let cause = error;
  for (let depth = 0; depth < MOST_CAUSES && cause instanceof Error; depth += 1) {
    const { code } = cause as { readonly code?: unknown };
    if (typeof code === 'string' && REFUSALS.test(code)) return code;
    ({ cause } = cause);
  }
  return null;
}
