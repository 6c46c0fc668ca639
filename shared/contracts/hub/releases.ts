import { z } from 'zod';

import {
  ListingEntry,
  ReleaseEmbedder,
  ReleaseManifest,
  SegmentKey,
  Sha256,
  SignedManifest,
} from '../../domain/release.js';
import { defineEndpoint, SEGMENT_FRAMES } from './define-endpoint.js';

/** From one listing to another: entries that are new or have other content, and keys that are gone. */
export const ListingDelta = z.object({
  /** The release it starts from; null when it starts from nothing. */
  from: z.int().positive().nullable(),
  changed: z.array(ListingEntry),
  removed: z.array(SegmentKey),
});
export type ListingDelta = z.infer<typeof ListingDelta>;

/** How one thing of a release differs from another release. Texts are line diffs in unified form. */
export const ReleaseChange = z.object({
  key: SegmentKey,
  title: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  /** Unified diff of what a person reads in it; empty for what nobody reads (a graph). */
  diff: z.string(),
});
export type ReleaseChange = z.infer<typeof ReleaseChange>;

const byNumber = z.object({ number: z.coerce.number().int().positive() });
const hashes = z.array(Sha256).min(1).max(2000);

export const releaseEndpoints = {
  'segments.missing': defineEndpoint({
    method: 'POST',
    path: '/v1/segments/missing',
    summary: 'Which of these segments the hub does not hold yet.',
    access: ['lead', 'operator'],
    body: z.object({ hashes }),
    answer: z.object({ missing: z.array(Sha256) }),
  }),
  'segments.store': defineEndpoint({
    method: 'POST',
    path: '/v1/segments',
    summary: 'Store segments; a frame whose content has another hash is refused, those before it are kept.',
    access: ['lead', 'operator'],
    bodyStream: SEGMENT_FRAMES,
    answer: z.object({ stored: z.int() }),
  }),
  'segments.fetch': defineEndpoint({
    method: 'POST',
    path: '/v1/segments/fetch',
    summary: 'A stream of these segments, in this order; what the hub does not hold is left out.',
    access: ['rep', 'lead', 'operator'],
    body: z.object({ hashes }),
    answerStream: SEGMENT_FRAMES,
  }),
  'releases.list': defineEndpoint({
    method: 'GET',
    path: '/v1/releases',
    summary: 'Releases, newest first.',
    access: ['lead', 'operator'],
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ releases: z.array(ReleaseManifest) }),
  }),
  'releases.read': defineEndpoint({
    method: 'GET',
    path: '/v1/releases/:number',
    summary: 'A release, signed, and what its listing has that `from` has not.',
    access: ['lead', 'operator'],
    params: byNumber,
    query: z.object({ from: z.coerce.number().int().positive().optional() }),
    answer: z.object({ signed: SignedManifest, delta: ListingDelta }),
  }),
  'releases.diff': defineEndpoint({
    method: 'GET',
    path: '/v1/releases/:number/diff',
    summary: 'What changed from release `from` to this one, for a person to read.',
    access: ['lead', 'operator'],
    params: byNumber,
    query: z.object({ from: z.coerce.number().int().nonnegative() }),
    answer: z.object({ changes: z.array(ReleaseChange) }),
  }),
  'releases.publish': defineEndpoint({
    method: 'POST',
    path: '/v1/releases',
    summary:
      'Publish: `delta` on top of release `from`, which must be the newest. The same key again gives the same release.',
    access: ['lead', 'operator'],
    body: z.object({
      idempotencyKey: z.uuid(),
      delta: ListingDelta,
      embedder: ReleaseEmbedder.nullable(),
      chunks: z.int().nonnegative(),
      notes: z.string().max(20_000),
      /** Draft items that went into it, by the revision that did: they leave the draft unless edited since. */
      draftItems: z.array(z.object({ key: SegmentKey, revision: z.int() })).max(20_000),
      /** False leaves the assignment as it is, for a canary to follow. */
      assign: z.boolean(),
    }),
    answer: z.object({ signed: SignedManifest }),
  }),
  'releases.restore': defineEndpoint({
    method: 'POST',
    path: '/v1/releases/:number/restore',
    summary:
      'Roll back in one step: a new release with the content of this one, assigned to everybody at once.',
    access: ['lead', 'operator'],
    params: byNumber,
    body: z.object({ idempotencyKey: z.uuid(), notes: z.string().max(20_000) }),
    answer: z.object({ signed: SignedManifest }),
  }),
} as const;
