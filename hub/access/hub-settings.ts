import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { bytes } from '../storage/columns.js';
import type { HubDatabase, Queries } from '../storage/hub-database.js';
import { createSeal, type Seal } from './seal.js';
import { hashSecret, makeSecret } from './secrets.js';

const SEALED_WORD = 'sealed_word';
const HUB_KEY = 'hub_key_hash';
const WORD = Buffer.from('cuecard');

/**
 * The seal of this hub. The first start with a database keeps a sealed word there, by which later ones know whether the secret is the same;
 * with another one no release could be signed.
 * @throws AppErrorException HUB_CONFIG_INVALID.
 */
export async function openSeal(database: HubDatabase, secret: string): Promise<Seal> {
  const seal = createSeal(secret);
  const word = await keepFirst(database, SEALED_WORD, seal.seal(WORD, SEALED_WORD));
  if (!seal.open(word, SEALED_WORD)?.equals(WORD))
    throw new AppErrorException(
      'HUB_CONFIG_INVALID',
      'CUECARD_HUB_SECRET is not the one this database was made with',
    );
  return seal;
}

/**
 * The hash of the hub key: of `given`, or of one made at the first start.
 * @returns `made` only to the copy that made it, since nothing but its hash is kept.
 */
export async function openHubKey(
  database: HubDatabase,
  given: string | null,
): Promise<{ hash: Buffer; made: string | null }> {
  if (given !== null) return { hash: hashSecret(given), made: null };
  const key = makeSecret('hubKey');
  const mine = hashSecret(key);
  const hash = await keepFirst(database, HUB_KEY, mine);
  return { hash, made: hash.equals(mine) ? key : null };
}

/** Replaces the hub key that is kept in the database. Running copies take it at their next start. @returns the new key. */
export async function replaceHubKey(queries: Queries): Promise<string> {
  const key = makeSecret('hubKey');
  await queries.run(
    'INSERT INTO hub_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [HUB_KEY, hashSecret(key)],
  );
  return key;
}

/** Copies that start at once agree on the value of the first. */
async function keepFirst(database: HubDatabase, name: string, value: Buffer): Promise<Buffer> {
  await database.run('INSERT INTO hub_setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    value,
  ]);
  const [row] = await database.rows(
    z.object({ value: bytes }),
    'SELECT value FROM hub_setting WHERE name = $1',
    [name],
  );
  return row?.value ?? value;
}
