import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';

import { checkpointMigrations } from './checkpoint-tables.js';
import { openDatabase, type Database } from './database.js';
import { LibsqlCheckpointer } from './langgraph-checkpointer.js';

// The suite of LangGraph itself, which expects the test functions as globals.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi });
const { validate } = await import('@langchain/langgraph-checkpoint-validation');

const opened = new Map<LibsqlCheckpointer, { database: Database; dir: string }>();

validate<LibsqlCheckpointer>({
  checkpointerName: 'LibsqlCheckpointer',
  createCheckpointer() {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-checkpoints-'));
    const database = openDatabase(path.join(dir, 'desk.db'), [
      { scope: 'checkpoints', statements: checkpointMigrations },
    ]);
    const checkpointer = new LibsqlCheckpointer(database);
    opened.set(checkpointer, { database, dir });
    return checkpointer;
  },
  destroyCheckpointer(checkpointer) {
    const place = opened.get(checkpointer);
    place?.database.close();
    if (place) fs.rmSync(place.dir, { recursive: true });
  },
});
