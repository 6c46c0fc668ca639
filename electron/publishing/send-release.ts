import { createHash } from 'node:crypto';

import type { BodyOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { releaseEndpoints } from '../../shared/contracts/hub/releases.js';
import { ReleaseManifest, type ReleaseEmbedder } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { canonicalJson } from '../../release/canonical-json.js';
import type { Difference } from '../../release/listing.js';
import type { HubClient } from '../sync/hub-client.js';
import { readNewest, type NewestRelease } from './newest-release.js';
import { patiently, type Patience } from './patience.js';
import type { Published, PublishOptions, PublishProgress } from './published.js';
import { uploadSegments, type ContentsOf, type Uploaded } from './upload-segments.js';

/** A release as it is to be, told by what differs from the newest. */
export interface Publication {
  readonly base: NewestRelease;
  readonly difference: Difference;
  readonly embedder: ReleaseEmbedder | null;
  /** Passages of all articles of the release. */
  readonly chunks: number;
  /** What of the draft went into it, by revision. */
  readonly draftItems: readonly { readonly key: string; readonly revision: number }[];
  readonly contentsOf: ContentsOf;
}

export interface SendOptions extends PublishOptions {
  readonly patience: Patience;
  readonly onProgress: (progress: PublishProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

type Body = BodyOf<(typeof releaseEndpoints)['releases.publish']>;

/** Uploads what the hub lacks, then publishes. @throws as {@link Publisher.publish}. */
export async function sendRelease(
  hub: HubClient,
  publication: Publication,
  { notes, assign, patience, onProgress, signal }: SendOptions,
): Promise<Published> {
  const { base, difference, embedder, chunks, draftItems, contentsOf } = publication;
  const { changed, removed } = difference;
  if (changed.length + removed.length === 0) throw new AppErrorException('RELEASE_NOTHING_TO_PUBLISH');
  const upload = (): Promise<Uploaded> =>
    uploadSegments(
      hub,
      changed.map(({ hash }) => hash),
      contentsOf,
      {
        ...{ patience, signal },
        onProgress: (done, total) => onProgress({ step: 'uploading', done, total }),
      },
    );
  let { segments, bytes } = await upload();
  onProgress({ step: 'publishing', done: 0, total: 1 });
  const body = withKey({
    delta: { from: base.manifest?.number ?? null, changed: [...changed], removed: [...removed] },
    ...{ embedder, chunks, notes, assign },
    draftItems: [...draftItems],
  });
  const publish = async (): Promise<number> => {
    const { signed } = await patiently(
      () => hub.request('releases.publish', { body }, signal),
      patience,
      signal,
    );
    return ReleaseManifest.parse(JSON.parse(signed.manifest)).number;
  };
  const number = await publish().catch(async (cause: unknown) => {
    const code = cause instanceof AppErrorException ? cause.error.code : null;
    if (code === 'HUB_CONFLICT') throw await whyConflict(hub, base, patience, cause, signal);
    if (code !== 'HUB_SEGMENT_MISSING') throw cause;
    // A hub that lost what it had, or dropped it because nothing named it for a day.
    const again = await upload();
    segments += again.segments;
    bytes += again.bytes;
    return publish();
  });
  onProgress({ step: 'publishing', done: 1, total: 1 });
  const articles = countArticles(publication);
  const articlesChanged = articles.added + articles.changed + articles.removed;
  return { number, articlesChanged, articles, segmentsSent: segments, bytesSent: bytes };
}

export const isArticle = (key: string): boolean => key.startsWith('article/');

function countArticles({ base, difference }: Publication): Published['articles'] {
  const before = new Set(base.listing.map(({ key }) => key));
  const here = difference.changed.filter(({ key }) => isArticle(key));
  const changed = here.filter(({ key }) => before.has(key)).length;
  return { added: here.length - changed, changed, removed: difference.removed.filter(isArticle).length };
}

/**
 * Follows from what is published and on top of what, so that a process that was killed and started again asks for the same release, not for
 * a second one. A UUID of version 8 (RFC 9562: own content).
 */
function withKey(body: Omit<Body, 'idempotencyKey'>): Body {
  const hex = createHash('sha256').update(canonicalJson(body)).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
  return { idempotencyKey: [...parts, hex.slice(20, 32)].join('-'), ...body };
}

/** A conflict in words that say what to do: another release is there, or this one may not go to everybody. */
async function whyConflict(
  hub: HubClient,
  base: NewestRelease,
  patience: Patience,
  cause: unknown,
  signal: AbortSignal | undefined,
): Promise<AppErrorException> {
  const newest = (await readNewest(hub, patience, signal)).manifest;
  const detail = cause instanceof AppErrorException ? cause.error.detail : undefined;
  if ((newest?.number ?? 0) === (base.manifest?.number ?? 0))
    return new AppErrorException('RELEASE_CANARY_RUNS', detail, { cause });
  const { number = 0, createdBy = '' } = newest ?? {};
  return new AppErrorException('RELEASE_OVERTAKEN', `release ${String(number)} by ${createdBy}`, { cause });
}
