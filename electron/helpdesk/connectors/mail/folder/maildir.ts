import fs from 'node:fs/promises';
import path from 'node:path';

/** One mail of a Maildir (cr.yp.to/proto/maildir.html). */
export interface MaildirPlace {
  /** What stays of its name when a flag is set or it is moved from `new` to `cur`. */
  readonly unique: string;
  readonly file: string;
  /** From its name, else from the file, ISO 8601. */
  readonly arrivedAt: string;
  readonly bytes: number;
}

/** The mails of one Maildir; drafts and what is marked as deleted are left out. Empty where there is none. */
export async function mailsOfMaildir(dir: string): Promise<MaildirPlace[]> {
  const places: MaildirPlace[] = [];
  for (const part of ['new', 'cur']) {
    const names = await fs.readdir(path.join(dir, part)).catch(() => []);
    for (const name of names) {
      const [unique = '', flags = ''] = name.split(/[:;!]2,/u);
      if (unique.startsWith('.') || /[DT]/u.test(flags)) continue;
      const file = path.join(dir, part, name);
      // One that is moved while we look comes with the next look.
      const stat = await fs.stat(file).catch(() => null);
      if (!stat?.isFile()) continue;
      const seconds = Number(/^(\d{9,10})\b/u.exec(unique)?.[1] ?? Number.NaN);
      const at = Number.isNaN(seconds) ? stat.mtime : new Date(seconds * 1000);
      places.push({ unique, file, arrivedAt: at.toISOString(), bytes: stat.size });
    }
  }
  return places;
}

/** Folders of a Maildir and the Maildirs in it (Maildir++: `.Sent`); empty where the folder is no Maildir. */
export async function maildirsIn(dir: string): Promise<string[]> {
  if (!(await isDirectory(path.join(dir, 'cur')))) return [];
  const names = await fs.readdir(dir);
  const below = [];
  for (const name of names)
    if (name.startsWith('.') && (await isDirectory(path.join(dir, name, 'cur'))))
      below.push(path.join(dir, name));
  return [dir, ...below];
}

const isDirectory = (dir: string): Promise<boolean> =>
  fs.stat(dir).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
