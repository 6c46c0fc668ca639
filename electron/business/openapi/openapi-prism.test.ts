import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { startPeer, type Peer } from '../../helpdesk/connectors/peer-for-tests.js';
import { teamProfile } from '../profile-for-tests.js';
import { connectOpenApi } from './connect-openapi.js';

const Ready = z.object({ url: z.string() });
const SPECS = fileURLToPath(new URL('../../../e2e/peers/specs/', import.meta.url));
const { signal } = new AbortController();
const now = (): Date => new Date('2026-11-27T12:00:00Z');

const CHATWOOT = `
- operation: get-details-of-a-conversation
  name: conversation
  title: Conversation
  description: One conversation.
  arguments: { account_id: { value: 1 }, conversation_id: { from: order_id } }
  ownedBy: meta.sender.email
  facts: { status: { key: conversation.status, label: Status } }
- operation: conversationList
  name: conversations
  title: Conversations
  description: Open conversations.
  public: true
  arguments: { account_id: { value: 1 }, status: { value: open }, page: { pattern: '\\d{1,3}' } }
  facts: { 'data.payload[*].status': { key: conversations.status, label: Status } }
- operation: create-a-new-message-in-a-conversation
  name: note
  title: Note
  description: A note only the team sees.
  public: true
  arguments:
    account_id: { value: 1 }
    conversation_id: { from: order_id }
    content: { pattern: '.+' }
    private: { value: true }
    message_type: { value: outgoing }
  effect: Add the note {content}.
  facts: { content: { key: note.content, label: Note, as: note } }
  proof: id`;
const INTERCOM = `
- operation: ShowContact
  name: contact
  title: Contact
  description: One contact.
  arguments: { contact_id: { from: order_id }, version: { value: '2.14' } }
  places: { version: header.Intercom-Version }
  ownedBy: email
  facts: { email: { key: contact.email, label: Email } }
- operation: replyConversation
  name: reply
  title: Reply
  description: A note.
  public: true
  arguments:
    conversation_id: { from: order_id }
    message_type: { value: note }
    type: { value: admin }
    admin_id: { value: '3156697' }
    body: { pattern: '.+' }
  effect: Add {body}.`;

async function toolsOf(file: string, baseUrl: string, operations: string) {
  const options = { description: fs.readFileSync(`${SPECS}${file}`, 'utf8'), operations };
  const system = { id: 'openapi-1', kind: 'openapi', name: 'Desk', baseUrl } as const;
  const found = await connectOpenApi({ ...system, options }, () => 'any-key', fetch).discover?.(signal);
  const connected = connectOpenApi({ ...system, options: { ...options, ...found } }, () => 'any-key', fetch);
  const context = { profile: teamProfile, now };
  return { reads: connected.tools(context), writes: connected.writeTools(context), connected };
}

/** Prism answers 401 without the key, and 422 with what breaks the description. */
describe.each([
  ['prism-chatwoot', 'chatwoot.yaml', CHATWOOT],
  ['prism-intercom', 'intercom.yaml', INTERCOM],
])('on the API description: %s', (name, file, operations) => {
  let peer: Peer<z.infer<typeof Ready>> | string;
  beforeAll(async () => {
    peer = await startPeer(name, Ready);
  });
  afterAll(async () => {
    if (typeof peer !== 'string') await peer.end();
  });

  // Catches: a call that a service of this description would not take.
  it('every look-up and every change is a call it takes', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const { reads, writes, connected } = await toolsOf(file, peer.ready.url, operations);
    expect((await connected.check(signal)).notes[0]).toContain('The address answers');
    const customer = { name: 'Femke', email: 'femke@example.com' };
    for (const tool of reads) {
      const input = Object.fromEntries(
        Object.keys(tool.input.safeParse({}).error ? shapeOf(tool.input) : {}).map((key) => [key, '1']),
      );
      const outcome = await tool.run({ input, customer, signal });
      // Its examples are nobody's, so that an owned one is refused: the answer came and was looked at.
      expect(['succeeded', 'refused']).toContain(outcome.status);
      if (outcome.status === 'succeeded') expect(outcome.facts.length).toBeGreaterThan(0);
    }
    for (const tool of writes) {
      const input = Object.fromEntries(tool.fields.map(({ key }) => [key, '1']));
      expect(await tool.preview({ input, customer, signal })).toMatchObject({ status: 'ready' });
      expect(await tool.run({ input, customer, signal, key: 'act-1' })).toMatchObject({
        status: 'succeeded',
      });
    }
  });
});

const shapeOf = (schema: z.ZodType): Record<string, unknown> => (schema as z.ZodObject).shape;
