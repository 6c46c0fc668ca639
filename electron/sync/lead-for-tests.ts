import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Team } from '../../shared/domain/team.js';
import { keyOf } from '../../shared/domain/item-key.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { sha256 } from '../../release/canonical-json.js';
import { diffListings, type Listing } from '../../release/listing.js';
import { encodeItem, itemsOf } from '../../release/team-segments.js';
import type { TestHub } from '../../hub/hub-for-tests.js';
import { manifestOf, publish, signedOf } from '../../hub/releases/publish-for-tests.js';
import { teamForTests } from '../engine/team-for-tests.js';
import { openLocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { releaseOf } from '../knowledge/release/release-for-tests.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';

/** What a device has that holds a release whole. */
export interface PublishedForTests {
  readonly number: number;
  readonly root: string;
  /** Hashes by key. */
  readonly listing: Readonly<Record<string, string>>;
  /** Text by id. */
  readonly articles: Readonly<Record<string, string>>;
  /** Hashes of what is no article, by key. */
  readonly items: Readonly<Record<string, string>>;
  /** Ids of the team's intents, in their order. */
  readonly intents: readonly string[];
}

/** A lead's machine that publishes one release after the other, each with articles added, changed and removed and another team. */
export interface TestLead {
  publish(): Promise<PublishedForTests>;
  /** The number of the newest release; 0 before the first. */
  newest(): number;
  close(): Promise<void>;
}

const FIRST_ARTICLES = 30;
const CHANGED = 6;
/** Parts that are no articles and fill several writes of a fetch. */
const PARTS = 4;
const PART_BYTES = 200_000;

export async function startTestLead(hub: TestHub, dir: string, embedderDir: string): Promise<TestLead> {
  const source = path.join(dir, 'articles');
  await mkdir(source, { recursive: true });
  const embedder = await openUseLiteEmbedder({ dir: embedderDir });
  const workspaceDir = path.join(dir, 'workspace');
  const knowledge = openLocalKnowledgeBase({ workspaceDir, embedder, log: silentLogger });
  const written: string[] = [];
  let listing: Listing = [];
  let newest = 0;

  const write = (name: string, text: string): Promise<void> => writeFile(path.join(source, name), text);
  const writeArticle = (name: string, release: number): Promise<void> =>
    write(
      name,
      `# Item ${name}\n\nAs release ${String(release)} has it.\n\n## Care\n\nWash ${name} by hand.\n`,
    );

  const changeArticles = async (release: number): Promise<void> => {
    await write('edition.md', `# Edition\n\nThis is edition ${String(release)} of the handbook.\n`);
    const added = release === 1 ? FIRST_ARTICLES : 2;
    for (let i = 0; i < added; i++) written.push(`item-${String(release)}-${String(i)}.md`);
    // The oldest go, so that there are never more.
    for (const name of written.splice(0, release === 1 ? 0 : 2)) await rm(path.join(source, name));
    const from = (release * CHANGED) % written.length;
    for (const name of [...written.slice(from, from + CHANGED), ...written.slice(-added)])
      await writeArticle(name, release);
  };

  const itemsFor = (release: number): Record<string, Buffer> => {
    const topic = `topic_${String(release)}`;
    const team: Team = {
      ...teamForTests,
      intents: [
        ...teamForTests.intents,
        {
          ...{ id: topic, name: topic, description: `What release ${String(release)} is about.`, tools: [] },
          examples: [
            `I ask about topic ${String(release)}`,
            'another topic please',
            'the new topic',
            'news?',
          ],
        },
      ],
    };
    const parts = Array.from({ length: PARTS }, (_, i) => [
      `evaluation/part-${String(i)}`,
      Buffer.from(randomBytes(PART_BYTES).toString('base64')),
    ]);
    return Object.fromEntries([
      ...itemsOf(team).map((item) => [keyOf(item), encodeItem(item)]),
      ...parts,
    ]) as Record<string, Buffer>;
  };

  return {
    async publish() {
      const number = newest + 1;
      await changeArticles(number);
      await knowledge.importArticles([source], undefined, { isDetached: true });
      await knowledge.settled();
      const items = itemsFor(number);
      const { id, dimensions } = embedder;
      const release = releaseOf(workspaceDir, number, items, { id, dimensions, encoding: 'float16' });
      const { changed, removed } = diffListings(listing, release.listing);
      const answer = await publish(hub, hub.lead, {
        from: newest === 0 ? null : newest,
        put: changed.map(({ key, hash }) => [key, release.contents.get(hash) ?? Buffer.alloc(0)] as const),
        remove: removed,
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      listing = release.listing;
      newest = number;
      const ids = (await knowledge.list()).map(({ id: articleId }) => articleId);
      const articles = await Promise.all(
        ids.map(async (articleId) => [articleId, (await knowledge.article(articleId))?.markdown ?? '']),
      );
      return {
        ...{ number, root: manifestOf(signedOf(answer)).root },
        listing: Object.fromEntries(listing.map(({ key, hash }) => [key, hash])),
        articles: Object.fromEntries(articles) as Record<string, string>,
        items: Object.fromEntries(Object.entries(items).map(([key, content]) => [key, sha256(content)])),
        intents: [...teamForTests.intents.map((intent) => intent.id), `topic_${String(number)}`].sort(),
      };
    },
    newest: () => newest,
    async close() {
      await knowledge.close();
      await embedder.close();
    },
  };
}
