import { ReleaseManifest, type SignedManifest, type TeamKey } from '../shared/domain/release.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import { canonicalJson } from './canonical-json.js';
import { isSignedBy, signWith } from './team-key.js';

/** The format this version reads and writes. */
const FORMAT = 1;

/** Who may have signed a release. */
export interface Trust {
  readonly workspaceId: string;
  /** Keys that are pinned or endorsed, see `trustedKeys`. */
  readonly keys: readonly TeamKey[];
}

/** Signs a manifest with the team's private key (PKCS 8, DER). */
export function signManifest(
  manifest: ReleaseManifest,
  key: { readonly keyId: string; readonly privateKey: Uint8Array },
): SignedManifest {
  const text = canonicalJson(ReleaseManifest.parse(manifest));
  return { manifest: text, signature: signWith(key.privateKey, text), keyId: key.keyId };
}

/**
 * Reads a manifest from the very bytes that were signed, and only after the signature proved right.
 * @throws AppErrorException RELEASE_SIGNATURE_INVALID, RELEASE_OTHER_TEAM, RELEASE_TOO_NEW.
 */
export function verifyManifest(signed: SignedManifest, { workspaceId, keys }: Trust): ReleaseManifest {
  const key = keys.find(({ keyId }) => keyId === signed.keyId);
  if (!key)
    throw new AppErrorException('RELEASE_SIGNATURE_INVALID', `signed with unknown key ${signed.keyId}`);
  if (!isSignedBy(key.publicKey, signed.manifest, signed.signature))
    throw new AppErrorException('RELEASE_SIGNATURE_INVALID', 'the signature does not fit the manifest');
  const value = JSON.parse(signed.manifest) as { format?: unknown; workspaceId?: unknown };
  if (value.workspaceId !== workspaceId) throw new AppErrorException('RELEASE_OTHER_TEAM');
  if (value.format !== FORMAT)
    throw new AppErrorException('RELEASE_TOO_NEW', `format ${String(value.format)}`);
  const parsed = ReleaseManifest.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppErrorException('RELEASE_TOO_NEW', parsed.error.issues[0]?.path.join('.') ?? 'unknown field');
}
