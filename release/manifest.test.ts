import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ReleaseManifest, TeamKey } from '../shared/domain/release.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import { canonicalJson, sha256 } from './canonical-json.js';
import { signManifest, verifyManifest } from './manifest.js';
import { endorsedText, generateTeamKey, keyIdOf, signWith, trustedKeys, wordsOf } from './team-key.js';

const workspaceId = '0190a5d0-0000-7000-8000-000000000001';
const createdAt = '2026-11-26T10:00:00.000Z';
const first = generateTeamKey();
const second = generateTeamKey();
const stranger = generateTeamKey();

const pinned: TeamKey = { ...first, createdAt, endorsedBy: null, endorsement: null };
const successor: TeamKey = {
  ...second,
  createdAt,
  endorsedBy: first.keyId,
  endorsement: signWith(first.privateKey, endorsedText(workspaceId, second.publicKey)),
};

const manifest: ReleaseManifest = {
  format: 1,
  workspaceId,
  number: 7,
  createdAt,
  createdBy: 'Ada Lind',
  notes: 'Returns in December',
  restores: null,
  embedder: { id: 'use-lite', dimensions: 512, encoding: 'float16' },
  articles: 102,
  chunks: 391,
  segments: 160,
  bytes: 700_000,
  root: sha256('root'),
};

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (cause) {
    return cause instanceof AppErrorException ? cause.error.code : String(cause);
  }
}

describe('a signed manifest', () => {
  const signed = signManifest(manifest, first);
  const trust = { workspaceId, keys: [pinned] };

  it('is read by those who trust the key', () => {
    expect(verifyManifest(signed, trust)).toEqual(manifest);
  });

  it('is refused when a single character of it is another, or its signature is', () => {
    fc.assert(
      fc.property(fc.nat(signed.manifest.length - 1), fc.integer({ min: 1, max: 127 }), (at, flip) => {
        const code = signed.manifest.charCodeAt(at) ^ flip;
        const forged =
          signed.manifest.slice(0, at) + String.fromCharCode(code) + signed.manifest.slice(at + 1);
        expect(codeOf(() => verifyManifest({ ...signed, manifest: forged }, trust))).toBe(
          'RELEASE_SIGNATURE_INVALID',
        );
      }),
    );
    for (const signature of ['', 'no base64 at all', Buffer.alloc(64).toString('base64')])
      expect(codeOf(() => verifyManifest({ ...signed, signature }, trust))).toBe('RELEASE_SIGNATURE_INVALID');
  });

  it('is refused from a key nobody trusts, whatever name that key gives itself', () => {
    const forged = signManifest(manifest, stranger);
    expect(codeOf(() => verifyManifest(forged, trust))).toBe('RELEASE_SIGNATURE_INVALID');
    expect(codeOf(() => verifyManifest({ ...forged, keyId: first.keyId }, trust))).toBe(
      'RELEASE_SIGNATURE_INVALID',
    );
  });

  it('is refused when it is of another team or of a later form, though signed', () => {
    const other = signManifest({ ...manifest, workspaceId: '0190a5d0-0000-7000-8000-000000000002' }, first);
    expect(codeOf(() => verifyManifest(other, trust))).toBe('RELEASE_OTHER_TEAM');
    const text = canonicalJson({ ...manifest, format: 2 });
    const later = { manifest: text, signature: signWith(first.privateKey, text), keyId: first.keyId };
    expect(codeOf(() => verifyManifest(later, trust))).toBe('RELEASE_TOO_NEW');
  });
});

describe('a chain of keys', () => {
  it('leads from a pinned key to its successors', () => {
    expect(trustedKeys(pinned, [pinned, successor], workspaceId)).toEqual([pinned, successor]);
    expect(trustedKeys(successor, [pinned, successor], workspaceId)).toEqual([successor]);
  });

  it('is refused when somebody put a key of their own into it', () => {
    const endorsement = signWith(stranger.privateKey, endorsedText(workspaceId, stranger.publicKey));
    const intruder: TeamKey = { ...stranger, createdAt, endorsedBy: first.keyId, endorsement };
    const elsewhere = signWith(first.privateKey, endorsedText('another team', second.publicKey));
    for (const chain of [
      [pinned, intruder],
      [pinned, { ...successor, endorsement: null }],
      [pinned, { ...successor, endorsement: elsewhere }],
      [pinned, { ...successor, endorsedBy: stranger.keyId }],
      [pinned, successor, intruder],
      [intruder],
      [],
    ])
      expect(codeOf(() => trustedKeys(pinned, chain, workspaceId))).toBe('RELEASE_SIGNATURE_INVALID');
  });

  it('is compared by words that differ from key to key', () => {
    expect(wordsOf(first.publicKey)).toHaveLength(8);
    expect(wordsOf(first.publicKey)).toEqual(wordsOf(pinned.publicKey));
    expect(wordsOf(first.publicKey)).not.toEqual(wordsOf(second.publicKey));
    expect(keyIdOf(first.publicKey)).toMatch(/^[0-9a-f]{16}$/);
  });
});
