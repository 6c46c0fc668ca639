import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { Workspace } from '../../shared/contracts/hub/access.js';
import { Member } from '../../shared/domain/member.js';
import { TeamKey } from '../../shared/domain/release.js';

/** What this workspace knows of the team it joined. Nothing secret: the tokens are kept elsewhere. */
export const Membership = z.object({
  hubUrl: z.string(),
  workspace: Workspace,
  member: Member,
  joinedAt: z.iso.datetime(),
  /** The key whose words the person compared. */
  pinnedKey: TeamKey,
  /** From the pinned key to the newest that was endorsed. */
  keys: z.array(TeamKey).min(1),
});
export type Membership = z.infer<typeof Membership>;

/** Keeps the membership in a file of the workspace; one that cannot be read counts as none. */
export interface MembershipFile {
  read(): Membership | null;
  /** Whole or not at all. */
  write(membership: Membership): void;
}

export function createMembershipFile(file: string): MembershipFile {
  return {
    read() {
      try {
        return Membership.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    write(membership) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.new`, `${JSON.stringify(membership, null, 2)}\n`, { flush: true });
      fs.renameSync(`${file}.new`, file);
    },
  };
}
