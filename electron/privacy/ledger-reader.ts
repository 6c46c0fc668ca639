import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, inflateRaw } from 'node:zlib';

import type { EgressDetail } from '../../shared/domain/egress-entry.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { LedgerStore } from './ledger-store.js';

const unpack = promisify(inflateRaw);
const unzip = promisify(gunzip);
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const PAGE = 200;

/** The exact bytes of a request's body. @throws AppErrorException LEDGER_ENTRY_NOT_FOUND. */
export async function readBody(store: LedgerStore, id: number): Promise<Buffer> {
  const body = store.body(id);
  if (!body) throw new AppErrorException('LEDGER_ENTRY_NOT_FOUND', String(id));
  return body.packing === 'deflate' ? await unpack(body.bytes) : body.bytes;
}

/** One request with all that was sent. @throws AppErrorException LEDGER_ENTRY_NOT_FOUND. */
export async function readDetail(store: LedgerStore, id: number): Promise<EgressDetail> {
  const found = store.find(id);
  if (!found) throw new AppErrorException('LEDGER_ENTRY_NOT_FOUND', String(id));
  const bytes = await readBody(store, id);
  // Bytes and hash stay those that were sent; what is read is what they pack.
  const isPacked = found.headers['content-encoding'] === 'gzip';
  return { ...found, body: textOf(isPacked ? await unzip(bytes) : bytes) };
}

/**
 * Writes all requests to a file, oldest first, one JSON object a line: the entry, its headers and its body as `body` (text) or, where it is
 * no UTF-8, as `bodyBase64`. Returns how many. @throws AppErrorException WORKSPACE_NOT_WRITABLE.
 */
export async function exportLedger(store: LedgerStore, file: string): Promise<number> {
  let count = 0;
  try {
    const handle = await open(file, 'w', 0o600);
    try {
      const ids: number[] = [];
      for (let before: number | null = null; ;) {
        const page = store.list({}, before, PAGE);
        ids.push(...page.map(({ id }) => id));
        before = page.at(-1)?.id ?? null;
        if (before === null) break;
      }
      for (const id of ids.reverse()) {
        const found = store.find(id);
        // The retention may take one away meanwhile.
        if (!found) continue;
        const bytes = await readBody(store, id);
        const text = textOf(bytes);
        const body = text === null ? { bodyBase64: bytes.toString('base64') } : { body: text };
        const { entry, headers, sha256 } = found;
        await handle.write(`${JSON.stringify({ ...entry, headers, sha256, ...body })}\n`);
        count += 1;
      }
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof AppErrorException) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause });
  }
  return count;
}

function textOf(bytes: Buffer): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
