import { runInNewContext } from 'node:vm';

import { expect, it } from 'vitest';

import { EDITOR_TEXT } from './editor-text.js';

interface Field {
  readonly tagName: string;
  readonly role?: string;
  readonly [property: string]: unknown;
}

const element = ({ role, ...field }: Field): object => ({
  ...field,
  getAttribute: (name: string) => (name === 'role' ? (role ?? null) : null),
});
/** What the script says of a page in which this has the focus. */
const read = (field: Field | null): unknown =>
  runInNewContext(EDITOR_TEXT, { document: { activeElement: field && element(field) } });

// Catches: a reply in the search, the subject, the CC line or a password that is shown, from where it goes to others or is sent by Enter.
it.each([
  { tagName: 'INPUT', type: 'text', value: 'Where is HP-104233?' },
  { tagName: 'INPUT', type: 'search', value: '' },
  { tagName: 'INPUT', type: 'text', value: 'ann@example.com', role: 'combobox' },
  { tagName: 'INPUT', type: 'email', value: '' },
  { tagName: 'TEXTAREA', value: '', role: 'combobox' },
  { tagName: 'TEXTAREA', value: '', readOnly: true },
  { tagName: 'TEXTAREA', value: '', disabled: true },
  { tagName: 'DIV', isContentEditable: true, textContent: '', role: 'searchbox' },
  { tagName: 'DIV', isContentEditable: true, textContent: '', role: ' Combobox' },
  { tagName: 'BODY' },
])('takes $tagName $type $role for no editor', (field) => {
  expect(read(field)).toBeNull();
});

// Catches: a helpdesk whose editor is not found, and one that is taken for empty though the reply stands in it.
it('finds a text area, an editor, and both in a frame or a shadow', () => {
  const area = { tagName: 'TEXTAREA', value: 'Hello' };
  const editor = { tagName: 'DIV', isContentEditable: true, textContent: 'Hello', role: 'textbox' };
  for (const field of [area, editor]) {
    expect(read(field)).toBe('Hello');
    const inner = { activeElement: element(field) };
    expect(read({ tagName: 'DESK-EDITOR', shadowRoot: inner })).toBe('Hello');
    expect(read({ tagName: 'IFRAME', contentDocument: inner })).toBe('Hello');
  }
  const document = { designMode: 'on', body: { textContent: 'Hello' } };
  expect(read({ tagName: 'IFRAME', contentDocument: document })).toBe('Hello');
  expect(read({ tagName: 'IFRAME', contentDocument: null })).toBeNull();
  expect(read(null)).toBeNull();
});
