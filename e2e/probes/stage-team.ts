import type { RouteInput } from '../../shared/contracts/ipc/index.js';
import { ask } from '../bridge.js';
import type { Desk } from '../pages/desk.js';
import { TeamPanel } from '../pages/team-panel.js';
import type { TeamHub } from './team-hub.js';

type Content = NonNullable<RouteInput<'lead.edit'>['content']>;

/** Lets the app's user join as this person; the panel is closed again. */
export async function joinAs(
  desk: Desk,
  hub: TeamHub,
  name: string,
  role: 'rep' | 'lead' | 'operator',
): Promise<void> {
  const panel = new TeamPanel(desk.page);
  const code = role === 'rep' ? await hub.invite(name) : await hub.inviteAs(role, name);
  await panel.open();
  await panel.join(`${hub.url}#${code}`, await hub.words());
  await desk.page.keyboard.press('Escape');
}

/** Edits an item as it is now, past the window. */
export async function editItem(desk: Desk, key: string, content: Content): Promise<void> {
  const { revision, content: before } = await ask(desk.page, 'lead.item', { key });
  await ask(desk.page, 'lead.edit', { key, base: { revision, content: before }, content });
}

export function articleOf(id: string, title: string, markdown: string): Content {
  return {
    kind: 'article',
    article: {
      ...{ id, title, category: 'returns', audience: 'public', language: 'en', pool: 'articles' },
      ...{ brand: null, product: null, owner: null, source: null },
      ...{ updatedAt: null, validFrom: null, validUntil: null, markdown },
    },
  };
}

/** Publishes the draft past the window and waits until it is done; gives its number. */
export async function publishDraft(desk: Desk, notes: string, assign = true): Promise<number> {
  await ask(desk.page, 'lead.publish', { notes, assign });
  for (;;) {
    const publication = await ask(desk.page, 'lead.publication', undefined);
    if (publication.kind === 'done') return publication.published.number;
    if (publication.kind !== 'running') throw new Error(JSON.stringify(publication));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
