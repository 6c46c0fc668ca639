import { z } from 'zod';

import { EmbedderSettings } from '../../../shared/domain/embedder-settings.js';
import { inTransaction, type Sqlite } from './sqlite.js';

/** The embedder whose vectors answer, and how to open it again. */
const Answering = z.object({ embedderId: z.string(), settings: EmbedderSettings.nullable() });
export type Answering = z.infer<typeof Answering>;

/** Remembers which embedder answers. */
export interface AnsweringStore {
  /** Null before the first, or when it was written in a form that is not known any more. */
  read(): Answering | null;
  write(answering: Answering): void;
}

export function createAnsweringStore(reader: Sqlite, writer: Sqlite): AnsweringStore {
  const read = reader.prepare<{ value: string }>(`SELECT value FROM meta WHERE key = 'answering'`);
  const write = writer.prepare(`INSERT OR REPLACE INTO meta (key, value) VALUES ('answering', ?)`);
  return {
    read() {
      const row = read.get();
      return row ? (Answering.safeParse(JSON.parse(row.value)).data ?? null) : null;
    },
    write: (answering) => inTransaction(writer, () => void write.run([JSON.stringify(answering)])),
  };
}
