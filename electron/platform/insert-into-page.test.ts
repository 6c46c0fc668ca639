import { expect, it } from 'vitest';

import { insertIntoPage } from './insert-into-page.js';

const ticket = (id: string): string => `https://desk.example/ticket/${id}`;
const conversationOf = (url: string): string | null => {
  const id = /\/ticket\/(\d+)$/u.exec(url)?.[1];
  return id === undefined ? null : `desk-1:${id}`;
};

function pageAt(address: string, held: string | null = '') {
  const page = {
    ...{ address, written: [] as string[] },
    url: () => page.address,
    editorText: () => Promise.resolve(held),
    write: (text: string) => Promise.resolve(void page.written.push(text)),
  };
  return page;
}
const reply = { conversationId: 'desk-1:42', text: 'Your parcel is on its way.', unlessHeld: [] };

// Catches: the reply to one customer in the editor of another's ticket, or of a page that is no ticket.
it.each([
  [ticket('42'), 'inserted', [reply.text]],
  [ticket('41'), 'other_conversation', []],
  ['https://desk.example/', 'other_conversation', []],
  ['', 'other_conversation', []],
])('writes only where the page shows the conversation: %s', async (address, outcome, written) => {
  const page = pageAt(address);
  expect(await insertIntoPage(page, conversationOf, reply)).toBe(outcome);
  expect(page.written).toEqual(written);
});

// Catches: a page that moves to the next ticket while it is asked for its editor, and gets the reply to the one before.
it('writes nothing into a page that moved meanwhile', async () => {
  const page = pageAt(ticket('42'));
  page.editorText = () => {
    page.address = ticket('43');
    return Promise.resolve('');
  };
  expect(await insertIntoPage(page, conversationOf, reply)).toBe('other_conversation');
  expect(page.written).toEqual([]);
});

// Catches: a text that is written where no field has the focus, and is lost.
it('writes nothing where no field has the focus', async () => {
  const page = pageAt(ticket('42'), null);
  expect(await insertIntoPage(page, conversationOf, reply)).toBe('no_editor');
  expect(page.written).toEqual([]);
});

// Catches: one reply that stands twice in the editor because the key was pressed again, and one that can be put there no second time at all.
it('writes nothing where the field holds the text, unless it is to', async () => {
  const page = pageAt(ticket('42'), `Dear Femke, ${reply.text}`);
  const once = { ...reply, unlessHeld: [reply.text] };
  expect(await insertIntoPage(page, conversationOf, once)).toBe('already');
  expect(page.written).toEqual([]);
  expect(await insertIntoPage(page, conversationOf, reply)).toBe('inserted');
  expect(page.written).toEqual([reply.text]);
});
