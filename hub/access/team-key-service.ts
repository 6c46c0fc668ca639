import { z } from 'zod';

import { endorsedText, generateTeamKey, signWith } from '../../release/team-key.js';
import type { SignedManifest, TeamKey } from '../../shared/domain/release.js';
import type { HubServices } from '../hub-services.js';
import type { Principal } from '../http/principal.js';
import { bytes, timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import type { Seal } from './seal.js';

const KeyRow = z
  .object({
    key_id: z.string(),
    public_key: z.string(),
    created_at: timestamp,
    endorsed_by: z.string().nullable(),
    endorsement: z.string().nullable(),
  })
  .transform((row): TeamKey => ({
    keyId: row.key_id,
    publicKey: row.public_key,
    createdAt: row.created_at,
    endorsedBy: row.endorsed_by,
    endorsement: row.endorsement,
  }));
const PrivateRow = z.object({ number: z.int(), key_id: z.string(), sealed_private_key: bytes });

/** What a sealed key belongs to: moved to another workspace or number it does not open. */
const about = (workspaceId: string, keyId: string): string => `team-key ${workspaceId} ${keyId}`;

/** Seals the private keys of all workspaces anew, in the transaction that changes the hub's secret. */
export async function resealTeamKeys(queries: Queries, from: Seal, to: Seal): Promise<void> {
  const rows = await queries.rows(
    PrivateRow.extend({ workspace_id: z.string() }),
    'SELECT workspace_id, number, key_id, sealed_private_key FROM team_key FOR UPDATE',
  );
  for (const { workspace_id, number, key_id, sealed_private_key } of rows) {
    const privateKey = from.open(sealed_private_key, about(workspace_id, key_id));
    if (!privateKey) throw new Error(`The key ${key_id} of workspace ${workspace_id} cannot be opened.`);
    await queries.run('UPDATE team_key SET sealed_private_key = $3 WHERE workspace_id = $1 AND number = $2', [
      workspace_id,
      number,
      to.seal(privateKey, about(workspace_id, key_id)),
    ]);
  }
}

/** The keys a team's releases are signed with. The private halves lie in the database, sealed, so that every copy of the hub can sign. */
export class TeamKeyService {
  readonly #services: Pick<HubServices, 'database' | 'now' | 'audit'>;
  readonly #seal: Seal;

  constructor(services: Pick<HubServices, 'database' | 'now' | 'audit'>, seal: Seal) {
    this.#services = services;
    this.#seal = seal;
  }

  /** @returns oldest first. */
  async list(queries: Queries, workspaceId: string): Promise<TeamKey[]> {
    return queries.rows(
      KeyRow,
      `SELECT key_id, public_key, created_at, endorsed_by, endorsement
       FROM team_key WHERE workspace_id = $1 ORDER BY number`,
      [workspaceId],
    );
  }

  /** Makes the first key of a workspace, in the transaction that makes the workspace. */
  async makeFirst(queries: Queries, workspaceId: string): Promise<void> {
    await this.#add(queries, workspaceId, null);
  }

  /** Makes a key the present one endorses: devices that pinned that one take over the new one. */
  async rotate(principal: Principal): Promise<TeamKey> {
    const { workspaceId } = principal;
    return this.#services.database.transaction(async (queries) => {
      // Two rotations at once follow each other, or one of two successors would be an orphan.
      await lockWorkspace(queries, workspaceId);
      const teamKey = await this.#add(queries, workspaceId, await this.#newest(queries, workspaceId));
      await this.#services.audit(queries, principal, 'team_key.rotated', {
        keyId: teamKey.keyId,
        endorsedBy: teamKey.endorsedBy,
      });
      return teamKey;
    });
  }

  /** Signs a manifest with the newest key, in the transaction that stores it. */
  async signRelease(queries: Queries, workspaceId: string, manifest: string): Promise<SignedManifest> {
    const { key_id, sealed_private_key } = await this.#newest(queries, workspaceId);
    const privateKey = this.#open(workspaceId, key_id, sealed_private_key);
    return { manifest, signature: signWith(privateKey, manifest), keyId: key_id };
  }

  async #newest(queries: Queries, workspaceId: string): Promise<z.infer<typeof PrivateRow>> {
    const [row] = await queries.rows(
      PrivateRow,
      `SELECT number, key_id, sealed_private_key FROM team_key
       WHERE workspace_id = $1 ORDER BY number DESC LIMIT 1`,
      [workspaceId],
    );
    if (!row) throw new Error(`Workspace ${workspaceId} has no key.`);
    return row;
  }

  async #add(
    queries: Queries,
    workspaceId: string,
    predecessor: z.infer<typeof PrivateRow> | null,
  ): Promise<TeamKey> {
    const { keyId, publicKey, privateKey } = generateTeamKey();
    const teamKey: TeamKey = {
      keyId,
      publicKey,
      createdAt: this.#services.now().toISOString(),
      endorsedBy: predecessor?.key_id ?? null,
      endorsement: predecessor
        ? signWith(
            this.#open(workspaceId, predecessor.key_id, predecessor.sealed_private_key),
            endorsedText(workspaceId, publicKey),
          )
        : null,
    };
    await queries.run(
      `INSERT INTO team_key
         (workspace_id, number, key_id, public_key, sealed_private_key, created_at, endorsed_by, endorsement)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        workspaceId,
        (predecessor?.number ?? 0) + 1,
        keyId,
        publicKey,
        this.#seal.seal(privateKey, about(workspaceId, keyId)),
        teamKey.createdAt,
        teamKey.endorsedBy,
        teamKey.endorsement,
      ],
    );
    return teamKey;
  }

  #open(workspaceId: string, keyId: string, sealed: Buffer): Buffer {
    const privateKey = this.#seal.open(sealed, about(workspaceId, keyId));
    // The secret was compared at start (hub-setup.ts), so this row itself is damaged.
    if (!privateKey) throw new Error(`The key ${keyId} of workspace ${workspaceId} cannot be opened.`);
    return privateKey;
  }
}
