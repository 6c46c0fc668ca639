import { randomUUID } from 'node:crypto';

import type { LightMyRequestResponse } from 'fastify';

import type { ListingEntry, SignedManifest } from '../../shared/domain/release.js';
import { ReleaseManifest } from '../../shared/domain/release.js';
import { encodeArticle } from '../../release/article-segment.js';
import { sha256 } from '../../release/canonical-json.js';
import { encodeFrames, type Segment } from '../../release/segment-frames.js';
import { encodeItem, type TeamItem } from '../../release/team-segments.js';
import { SEGMENT_FRAMES, type AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { hubEndpoints, HubEndpointName } from '../../shared/contracts/hub/index.js';
import type { AppError } from '../../shared/errors/app-error.js';
import type { TestCaller, TestHub } from '../hub-for-tests.js';

/** The segment of an article without vectors. */
export function articleForTests(id: string, markdown: string): [key: string, content: Buffer] {
  const content = encodeArticle({
    article: {
      ...{ id, title: `Title of ${id}`, category: 'test', audience: 'public', language: 'en' },
      ...{ brand: null, pool: 'articles', product: null, owner: null, source: null },
      ...{ updatedAt: null, validFrom: null, validUntil: null, markdown },
    },
    fingerprint: sha256(markdown),
    chunks: [],
    vectors: null,
    passages: [],
    title: null,
  });
  return [`article/${id}`, content];
}

export const intentForTests = (id: string, macro?: string): TeamItem => ({
  kind: 'intent',
  intent: {
    ...{ id, name: `Intent ${id}`, description: '', examples: [`I want ${id}`], tools: [] },
    ...(macro === undefined ? {} : { macro }),
  },
});

export const itemForTests = (key: string, item: TeamItem): [key: string, content: Buffer] => [
  key,
  encodeItem(item),
];

export const segmentOf = (content: Buffer): Segment => ({ hash: sha256(content), content });

export async function framesOf(segments: readonly Segment[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of encodeFrames(segments)) parts.push(part);
  return Buffer.concat(parts);
}

export interface ChangeForTests {
  readonly from: number | null;
  readonly put?: readonly (readonly [key: string, content: Buffer])[];
  readonly remove?: readonly string[];
  readonly notes?: string;
  readonly assign?: boolean;
  readonly idempotencyKey?: string;
  readonly draftItems?: readonly { key: string; revision: number }[];
}

/** The body of a publication. */
export function publication(change: ChangeForTests) {
  const changed: ListingEntry[] = (change.put ?? []).map(([key, content]) => ({
    ...{ key, hash: sha256(content) },
    bytes: content.length,
  }));
  return {
    idempotencyKey: change.idempotencyKey ?? randomUUID(),
    delta: { from: change.from, changed, removed: change.remove ?? [] },
    ...{ embedder: null, chunks: 0, notes: change.notes ?? '', assign: change.assign ?? true },
    draftItems: change.draftItems ?? [],
  };
}

export async function upload(hub: TestHub, caller: TestCaller, contents: readonly Buffer[]): Promise<void> {
  const answer = await hub.request(caller, 'POST', '/v1/segments', await framesOf(contents.map(segmentOf)), {
    'content-type': SEGMENT_FRAMES,
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
}

/** Uploads and publishes. @returns the answer of the publication. */
export async function publish(hub: TestHub, caller: TestCaller, change: ChangeForTests) {
  await upload(
    hub,
    caller,
    (change.put ?? []).map(([, content]) => content),
  );
  return hub.request(caller, 'POST', '/v1/releases', publication(change));
}

export const manifestOf = (signed: SignedManifest): ReleaseManifest =>
  ReleaseManifest.parse(JSON.parse(signed.manifest));

/** What an answer of the hub says, read by its contract. */
export const errorOf = (answer: LightMyRequestResponse | undefined): AppError | undefined =>
  answer?.json<{ error: AppError }>().error;
export const signedOf = (answer: LightMyRequestResponse): SignedManifest =>
  answer.json<{ signed: SignedManifest }>().signed;
export const answerOf = <N extends HubEndpointName>(
  _name: N,
  answer: LightMyRequestResponse,
): AnswerOf<(typeof hubEndpoints)[N]> => answer.json<AnswerOf<(typeof hubEndpoints)[N]>>();
/** The release a device was told to run. */
export const assignedOf = (answer: LightMyRequestResponse): SignedManifest => {
  const { assigned } = answerOf('sync.check', answer);
  if (!assigned) throw new Error('Nothing is assigned.');
  return assigned.signed;
};
