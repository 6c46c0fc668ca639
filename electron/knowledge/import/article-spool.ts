import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { isRunning } from '../is-running.js';
import type { CutArticle } from '../store/article-writer.js';

/**
 * Cut articles on their way from the files into the database, in a file of the workspace: an import of any size holds
 * one article at a time. Records are their length (4 bytes, little-endian) and their JSON.
 */
export interface ArticleSpool {
  readonly count: number;
  add(cut: CutArticle): void;
  /** All articles in the order they were added; may be read again and again. */
  read(): Generator<CutArticle>;
  /** Removes the file. */
  remove(): void;
}

const FLUSH_BYTES = 256 * 1024;
const LENGTH_BYTES = 4;

/** Makes an empty spool; what a killed process left is removed. */
export function createArticleSpool(workspaceDir: string): ArticleSpool {
  removeLeftovers(workspaceDir);
  const file = path.join(workspaceDir, `import.${process.pid}.${randomUUID().slice(0, 8)}.tmp`);
  const fd = fs.openSync(file, 'w+', 0o600);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let end = 0;
  let count = 0;

  const flush = (): void => {
    const bytes = Buffer.concat(waiting);
    for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at, bytes.length - at, end + at);
    end += bytes.length;
    waiting = [];
    waitingBytes = 0;
  };

  const readExactly = (length: number, position: number): Buffer => {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length;) {
      const read = fs.readSync(fd, bytes, at, length - at, position + at);
      if (read === 0) throw new Error('The import file was cut short.');
      at += read;
    }
    return bytes;
  };

  return {
    get count() {
      return count;
    },
    add(cut) {
      const json = Buffer.from(JSON.stringify(cut));
      const length = Buffer.allocUnsafe(LENGTH_BYTES);
      length.writeUInt32LE(json.length);
      waiting.push(length, json);
      waitingBytes += LENGTH_BYTES + json.length;
      count++;
      if (waitingBytes >= FLUSH_BYTES) flush();
    },
    *read() {
      flush();
      for (let at = 0; at < end;) {
        const length = readExactly(LENGTH_BYTES, at).readUInt32LE();
        yield JSON.parse(readExactly(length, at + LENGTH_BYTES).toString()) as CutArticle;
        at += LENGTH_BYTES + length;
      }
    },
    remove() {
      fs.closeSync(fd);
      fs.rmSync(file, { force: true });
    },
  };
}

/** Files of living processes stay: they may be importing, too. */
function removeLeftovers(workspaceDir: string): void {
  for (const name of fs.readdirSync(workspaceDir)) {
    const pid = /^import\.(\d+)\.\w+\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      fs.rmSync(path.join(workspaceDir, name), { force: true });
  }
}
