import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { bytes } from '../storage/columns.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { createSeal, type Seal } from './seal.js';
import { hashSecret, makeSecret } from './secrets.js';
import { resealTeamKeys } from './team-key-service.js';

const SEALED_WORD = 'sealed_word';
const HUB_KEY = 'hub_key_hash';
const WORD = Buffer.from('cuecard');
const ValueRow = z.object({ value: bytes });

/**
 * The seal of this hub. The first start with a database keeps a sealed word there, by which later ones know whether the secret is the same;
 * with another one no release could be signed. With the secret of before, what that one sealed is sealed anew; copies that still run
 * with it cannot sign until they are started again.
 * @throws AppErrorException HUB_CONFIG_INVALID.
 */
export async function openSeal(
  database: HubDatabase,
  secret: string,
  previousSecret: string | null,
): Promise<Seal> {
  const seal = createSeal(secret);
  const fits = (candidate: Seal, word: Buffer): boolean =>
    candidate.open(word, SEALED_WORD)?.equals(WORD) ?? false;
  const word = await keepFirst(database, SEALED_WORD, seal.seal(WORD, SEALED_WORD));
  if (fits(seal, word)) return seal;
  const previous = previousSecret === null ? null : createSeal(previousSecret);
  if (!previous || !fits(previous, word))
    throw new AppErrorException(
      'HUB_CONFIG_INVALID',
      'CUECARD_HUB_SECRET is not the one this database was made with',
    );
  await database.transaction(async (queries) => {
    const [locked] = await queries.rows(
      ValueRow,
      'SELECT value FROM hub_setting WHERE name = $1 FOR UPDATE',
      [SEALED_WORD],
    );
    // Another copy with the same two secrets was faster.
    if (locked && fits(seal, locked.value)) return;
    await resealTeamKeys(queries, previous, seal);
    await queries.run('UPDATE hub_setting SET value = $2 WHERE name = $1', [
      SEALED_WORD,
      seal.seal(WORD, SEALED_WORD),
    ]);
  });
  return seal;
}

/**
 * The hash of the hub key: of `given`, or of one made at the first start, or now with `replace` (copies that run know it after
 * their next start).
 * @returns `made` only to the copy that made it, since nothing but its hash is kept.
 */
export async function openHubKey(
  database: HubDatabase,
  given: string | null,
  replace: boolean,
): Promise<{ hash: Buffer; made: string | null }> {
  if (given !== null) return { hash: hashSecret(given), made: null };
  const key = makeSecret('hubKey');
  const mine = hashSecret(key);
  if (replace) await database.run('DELETE FROM hub_setting WHERE name = $1', [HUB_KEY]);
  const hash = await keepFirst(database, HUB_KEY, mine);
  return { hash, made: hash.equals(mine) ? key : null };
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
