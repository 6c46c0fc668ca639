import { afterAll, describe, expect, it } from 'vitest';

import type { HelpdeskConnector } from '../connector.js';
import { describeConnector } from '../connector.conformance.js';
import { RHEA, startChatwootServer } from './chatwoot-server-for-tests.js';
import { createChatwoot } from './chatwoot.js';
import { conversationOfUrl } from './conversation-url.js';

const never = new AbortController().signal;
const connect = (
  baseUrl: string,
  options: Record<string, string> = {},
  token = RHEA.token,
  timeoutMs = 20_000,
): HelpdeskConnector =>
  createChatwoot({
    connection: {
      ...{ id: 'cw-1', kind: 'chatwoot', name: 'Desk', baseUrl },
      options: { account: '1', ...options },
    },
    token: () => token,
    ...{ fetch, timeoutMs },
  });

describeConnector('Chatwoot', {
  async startWorld() {
    const server = await startChatwootServer();
    const id = server.opens('My parcel HP-104233 does not move.');
    server.opens('Another one');
    return {
      ...{ url: server.url, conversationId: String(id), customerEmail: 'femke.devries@example.com' },
      ...{ user: RHEA.name, keepsState: true, unchanged: 'list and conversation', unknownId: '999999' },
      async customerSays(text) {
        await server.says(id, text);
      },
      otherPage: `${server.url}/app/accounts/1/dashboard`,
      close: () => server.close(),
    };
  },
  create: (baseUrl, timeoutMs) => connect(baseUrl, {}, RHEA.token, timeoutMs),
});

describe('Chatwoot', async () => {
  const server = await startChatwootServer();
  const chatwoot = connect(server.url);
  afterAll(() => server.close());
  const read = async (id: number, after: string | null = null) => chatwoot.messages(String(id), after, never);

  it('tells what the rep sees around the messages', async () => {
    const id = server.opens('Hi', {
      ...{ can_reply: false, priority: 'urgent', additional_attributes: { mail_subject: 'A broken cup' } },
    });
    expect(await chatwoot.read(String(id), never)).toMatchObject({
      ...{ subject: 'A broken cup', status: 'open', channel: 'chat' },
      fields: {
        ...{ order: 'HP-104233', Assignee: 'Rhea', Labels: 'parcel', Priority: 'urgent' },
        Reply: 'not possible on this channel now',
      },
    });
  });

  // Catches a reply that Chatwoot takes and its channel then drops, which the rep would never hear of.
  it('sends no reply where the channel takes none, but a note', async () => {
    const id = server.opens('Hi', { can_reply: false });
    const delivery = { text: 'Hello', key: 'k', ifVersion: null };
    await expect(chatwoot.deliver(String(id), { ...delivery, mode: 'reply' }, never)).rejects.toMatchObject({
      error: { code: 'HELPDESK_WRITE_REFUSED' },
    });
    await chatwoot.deliver(String(id), { ...delivery, mode: 'note' }, never);
    expect((await read(id)).messages.map(({ visibility }) => visibility)).toEqual(['public', 'internal']);
  });

  it('lists what is not done, and that across pages', async () => {
    const other = await startChatwootServer();
    const ids = Array.from({ length: 60 }, (_, at) => other.opens(`n ${String(at)}`));
    const [first = 0, second = 0, third = 0] = ids;
    other.setStatus(first, 'resolved');
    other.setStatus(second, 'snoozed');
    other.setStatus(third, 'pending');
    const listed = await connect(other.url).list(100, never);
    expect(listed.map(({ id, status }) => [Number(id), status])).toEqual([
      [third, 'waiting'],
      [second, 'waiting'],
      ...ids
        .slice(3)
        .reverse()
        .map((id) => [id, 'open']),
    ]);
    await other.close();
  });

  // Pages come by time and are cut at a hundred: the largest number of one is not where the next begins.
  it('reads a long conversation whole, also when numbers and times disagree at the end of a page', async () => {
    const id = server.opens('message 0');
    let late = 0;
    for (let at = 1; at <= 250; at += 1) {
      if (at === 90 || at === 190) late = server.reserve();
      await server.says(id, `message ${String(at)}`, at === 104 || at === 205 ? { id: late } : {});
    }
    const texts = (await read(id)).messages.map(({ text }) => Number(text.replace('message ', '')));
    expect(texts.sort((a, b) => a - b)).toEqual(Array.from({ length: 251 }, (_, at) => at));
  });

  // Catches a message that is never seen because one with a larger number was stored sooner.
  it('does not skip a message whose number was given out earlier than that of the newest', async () => {
    const id = server.opens('one');
    const late = server.reserve();
    await server.says(id, 'three');
    const first = await read(id);
    expect(first.messages.map(({ text }) => text)).toEqual(['one', 'three']);
    await server.says(id, 'two', { id: late });
    const second = await read(id, first.cursor);
    expect(second.messages.map(({ text }) => text)).toEqual(['two']);
    const third = await read(id, second.cursor);
    expect(third).toEqual({ messages: [], cursor: second.cursor });
  });

  it('reads 10,000 messages and one of 5 MB', async () => {
    const id = server.opens('message 0');
    for (let at = 1; at < 10_000; at += 1) await server.says(id, `message ${String(at)}`);
    const first = await read(id);
    expect(first.messages).toHaveLength(10_000);
    const long = 'x'.repeat(5_000_000);
    await server.says(id, long);
    expect((await read(id, first.cursor)).messages.map(({ text }) => text)).toEqual([long]);
  });

  it('tells who wrote: customer, rep, bot, Chatwoot itself', async () => {
    const id = server.opens('Hello');
    const says = (text: string, more: Record<string, unknown>) => server.says(id, text, more);
    await says('Rhea was assigned', { message_type: 2, sender: null });
    await says('We reply soon', { message_type: 3, sender: null });
    await says('I am a bot', { message_type: 1, sender: { name: 'Bot', type: 'agent_bot' } });
    await says('Thanks', { message_type: 1, sender: { name: 'Rhea Adler', type: 'user' } });
    await says('Closing soon', {
      ...{ message_type: 1, sender: null, content_attributes: { automation_rule_id: 3 } },
    });
    const said = (await read(id)).messages.map(({ author, visibility }) => `${author.role} ${visibility}`);
    expect(said).toEqual([
      ...['customer public', 'system internal', 'system public', 'system public', 'rep public'],
      'system public',
    ]);
  });

  it('reads what is in the attributes of a message: mails, choices, answers, places', async () => {
    const id = server.opens('Hello');
    const says = (content: string | null, attributes: object, more: Record<string, unknown> = {}) =>
      server.says(id, content ?? '', { content, content_attributes: attributes, ...more });
    await says(null, { email: { html_content: { full: '<p>Where is <b>it</b>?</p><script>x</script>' } } });
    await says('Pick one', {
      items: [{ title: 'Refund' }, { title: 'Exchange' }],
      submitted_values: [{ title: 'Size', value: 'XL' }],
    });
    await says('Rate us', {
      submitted_values: { csat_survey_response: { rating: 2, feedback_message: 'slow' } },
    });
    await says(
      null,
      {},
      {
        attachments: [
          {
            id: 1,
            file_type: 'location',
            fallback_title: 'Depot',
            coordinates_lat: 52.1,
            coordinates_long: 4.3,
          },
        ],
      },
    );
    await says('odd', { email: 3, items: 'x', submitted_values: 7 });
    expect((await read(id)).messages.slice(1).map(({ text }) => text)).toEqual([
      'Where is it?',
      'Pick one\n- Refund\n- Exchange\n> Size: XL',
      'Rate us\n> Rating: 2\n> Feedback: slow',
      '[location Depot 52.1, 4.3]',
      'odd',
    ]);
  });

  it('brings a file byte for byte, without its token, and only one of this conversation', async () => {
    const bytes = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7) % 256));
    const id = server.opens('See picture');
    const url = server.putFile('broken cup.png', bytes);
    const attachments = [{ id: 55, message_id: 1, file_type: 'image', data_url: url, file_size: 3000 }];
    await server.says(id, '', { attachments });
    const last = (await read(id)).messages.at(-1);
    expect(last?.attachments).toEqual([
      { id: expect.any(String) as string, name: 'broken cup.png', mediaType: 'image/png', bytes: 3000 },
    ]);
    const file = last?.attachments[0]?.id ?? '';
    server.tokensSeen.length = 0;
    expect(Buffer.from(await chatwoot.attachment(String(id), file, 1e6, never)).equals(bytes)).toBe(true);
    expect(server.tokensSeen.filter((path) => path.startsWith('/rails/'))).toEqual([]);
    const elsewhere = chatwoot.attachment(String(server.opens('x')), file, 1e6, never);
    await expect(elsewhere).rejects.toMatchObject({ error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } });
    const tooLarge = chatwoot.attachment(String(id), file, 100, never);
    await expect(tooLarge).rejects.toMatchObject({ error: { code: 'HELPDESK_ANSWER_UNREADABLE' } });
  });

  it('tells a token that is not good from one that may not', async () => {
    await expect(connect(server.url, {}, 'stale').read('41', never)).rejects.toMatchObject({
      error: { code: 'HELPDESK_SIGN_IN_REFUSED' },
    });
    await expect(connect(server.url, { account: '2' }).read('41', never)).rejects.toMatchObject({
      error: { code: 'HELPDESK_RIGHT_MISSING' },
    });
  });

  it('names the accounts to choose from when none of theirs is chosen', async () => {
    for (const account of ['', '2', 'x'])
      await expect(connect(server.url, { account }).check(never)).rejects.toMatchObject({
        error: {
          code: 'HELPDESK_RIGHT_MISSING',
          detail: expect.stringContaining('1 (Harbour Parcel)') as string,
        },
      });
  });
});

it.each([
  ['https://cw.example/app/accounts/1/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/conversations/42?messageId=7', '42'],
  ['https://cw.example/app/accounts/1/inbox/3/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/label/parcel/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/team/2/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/custom_view/5/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/mentions/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/unattended/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/participating/conversations/42', '42'],
  ['https://cw.example/app/accounts/1/inbox-view/conversation/42', '42'],
  ['https://cw.example/app/accounts/2/conversations/42', null],
  ['https://cw.example/app/accounts/1/conversations', null],
  ['https://cw.example/app/accounts/1/conversations/0', null],
  ['https://cw.example/app/accounts/1/conversations/4;DROP', null],
  ['https://cw.example/app/accounts/1/contacts/42', null],
  ['http://cw.example/app/accounts/1/conversations/42', null],
  ['https://cw.example.evil.test/app/accounts/1/conversations/42', null],
])('%s shows %s', (url, id) => {
  expect(conversationOfUrl(url, 'https://cw.example', '1')).toBe(id);
});

it('knows pages of a Chatwoot that runs below a path', () => {
  const base = 'https://desk.example/cw';
  expect(conversationOfUrl(`${base}/app/accounts/1/conversations/7`, base, '1')).toBe('7');
  expect(conversationOfUrl('https://desk.example/app/accounts/1/conversations/7', base, '1')).toBeNull();
});
