import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

import { AppErrorException } from '../../shared/errors/app-error.js';

type Chunk = string | Uint8Array;
export type Chunks = AsyncIterable<Chunk> | Iterable<Chunk>;

/**
 * Writes a file whole or not at all, for this user alone, since customers' words are in it. The content is asked for once there is a
 * place for it; it lies beside the file under a name nobody else has until it is on the disk.
 * @throws AppErrorException FEEDBACK_NOT_EXPORTED; a file that was there before stays as it was. What `content` throws is thrown on.
 */
export async function writeWholeFile(file: string, content: () => Chunks | Promise<Chunks>): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.new`;
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      try {
        for await (const chunk of await content()) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unfinished, file);
    } catch (cause) {
      await rm(unfinished, { force: true });
      throw cause;
    }
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause)
      throw new AppErrorException('FEEDBACK_NOT_EXPORTED', cause.message, { cause });
    throw cause;
  }
}
