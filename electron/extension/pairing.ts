import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { DEFAULT_EXTENSION_PORT } from '../../shared/contracts/browser-extension.js';
import type { KeyVault } from '../models/key-vault.js';

/** Under this name the token lies in the key vault, beside keys that lie there under addresses. */
const TOKEN_NAME = 'cuecard:browser-extension';

const Kept = z.object({ port: z.int().min(1).max(65_535), origin: z.string().nullable() });

/** What makes a pairing: the port, the extension that was paired, the secret both know. */
export interface Pairing {
  port(): number;
  /** The only extension that is believed; null until one presented itself. */
  origin(): string | null;
  /** Made at its first use. */
  token(): string;
  isTokenKept(): boolean;
  moveTo(port: number): void;
  pin(origin: string): void;
  /** A new token, and no extension is believed until one presents itself with it. */
  forget(): void;
}

/**
 * Keeps port and extension in `file`, the token in the vault and nowhere else. A file that cannot be read means a first pairing; one that
 * cannot be written costs the pairing at the next start.
 */
export function createPairing(file: string, keys: KeyVault): Pairing {
  let kept = load(file);

  function keep(change: Partial<z.infer<typeof Kept>>): void {
    kept = { ...kept, ...change };
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    } catch {
      // It holds for this run.
    }
  }

  function token(): string {
    const known = keys.read(TOKEN_NAME);
    if (known !== null) return known;
    const made = randomBytes(32).toString('base64url');
    keys.keep(TOKEN_NAME, made);
    return made;
  }

  return {
    port: () => kept.port,
    // Without the token that was paired with, whoever has the new code comes first again.
    origin: () => (keys.read(TOKEN_NAME) === null ? null : kept.origin),
    token() {
      if (keys.read(TOKEN_NAME) === null && kept.origin !== null) keep({ origin: null });
      return token();
    },
    isTokenKept: () => keys.canStore(),
    moveTo: (port) => keep({ port }),
    pin: (origin) => keep({ origin }),
    forget() {
      keys.forget(TOKEN_NAME);
      keep({ origin: null });
    },
  };
}

function load(file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return { port: DEFAULT_EXTENSION_PORT, origin: null };
  }
}
