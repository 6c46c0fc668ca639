/** One line of a unified diff, or where a part of it begins: a line number, or what is said instead of lines. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'place';
  readonly text: string;
}

/** Reads a unified diff without its file names. "No newline at end of file" says nothing to a reader and is left out. */
export function diffLines(diff: string): readonly DiffLine[] {
  return diff
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('\\'))
    .map((line): DiffLine => {
      const place = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line);
      if (place) return { kind: 'place', text: place[1] ?? '' };
      if (line.startsWith('@@')) return { kind: 'place', text: line.replace(/^@@ ?| ?@@$/g, '') };
      const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
      return { kind, text: line.slice(1) };
    });
}
