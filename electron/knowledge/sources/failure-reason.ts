/** A reason that a file's author can do something about; all other errors are told by their kind. */
export class UnreadableFile extends Error {
  override readonly name: string = 'UnreadableFile';
}

/** A file nobody can read without its password. */
export class ProtectedFile extends UnreadableFile {
  override readonly name = 'ProtectedFile';
}

/** A file of pictures alone. */
export class FileWithoutText extends UnreadableFile {
  override readonly name = 'FileWithoutText';
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'No permission to read it.',
  EPERM: 'No permission to read it.',
  ENOENT: 'It vanished while it was read.',
  EISDIR: 'It became a folder while it was read.',
  ENOTDIR: 'It vanished while it was read.',
  ELOOP: 'It is a link that leads in a circle.',
  ENAMETOOLONG: 'Its path is too long for this system.',
  EIO: 'The disk could not read it.',
  EBUSY: 'Another program holds it open.',
  EMFILE: 'Too many files are open; try again.',
};

/** Why a file could not be read, in words for its author. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof UnreadableFile) return cause.message;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const known = code === undefined ? undefined : SYSTEM_REASONS[code];
  if (known !== undefined) return known;
  // The parser recurses along the nesting of what it reads.
  if (cause instanceof RangeError) return 'It is nested too deeply to be read.';
  const text = cause instanceof Error ? cause.message : String(cause);
  return `It is damaged or not of its kind: ${firstLine(text)}`;
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
