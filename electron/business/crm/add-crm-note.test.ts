import { expect, it } from 'vitest';

import { createAddCrmNote } from './add-crm-note.js';
import type { Crm } from './crm.js';

const customer = { name: 'Femke', email: 'femke@example.com' };

// Catches: a look through thousands of notes that uses up the whole time of a change, which then stays unclear although nothing was sent.
it('ends its look for an earlier note before its time is up', async () => {
  const written: string[] = [];
  const crm: Crm = {
    name: 'CRM',
    findContact: (email) =>
      Promise.resolve({
        ...{ id: '51', email, name: 'Femke', owner: null, company: null, tier: null },
        ...{ openDeals: [], openCases: [] },
      }),
    addNote: (_, { text }) => Promise.resolve({ id: String(written.push(text)), at: new Date() }),
    findNote: () => new Promise(() => undefined),
  };
  const note = createAddCrmNote(crm, 'crm', 30);
  const { signal } = new AbortController();
  const outcome = await note.run({ input: { text: 'x' }, customer, key: 'a', conversationId: 'c', signal });
  expect(outcome).toMatchObject({ status: 'refused' });
  expect(outcome.status === 'refused' && outcome.detail).toContain('Nothing was changed');
  expect(written).toEqual([]);
});
