import { expect, it } from 'vitest';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { createAddCrmNote } from './add-crm-note.js';
import type { Crm } from './crm.js';

const customer = { name: 'Femke', email: 'femke@example.com' };

/** A CRM that knows the customer, and is asked for an earlier note in this way. */
function crmThat(findNote: Crm['findNote']) {
  const written: string[] = [];
  const crm: Crm = {
    name: 'CRM',
    findContact: (email) =>
      Promise.resolve({
        ...{ id: '51', email, name: 'Femke', owner: null, company: null, tier: null },
        ...{ openDeals: [], openCases: [] },
      }),
    addNote: (_, { text }) => Promise.resolve({ id: String(written.push(text)), at: new Date() }),
    findNote,
  };
  return { note: createAddCrmNote(crm, 'crm', 30), written };
}
const run = { input: { text: 'x' }, customer, key: 'a', conversationId: 'c' };
const { signal } = new AbortController();

// Catches: a look through thousands of notes that uses up the whole time of a change, which then stays unclear although nothing was sent.
it('ends its look for an earlier note before its time is up', async () => {
  const { note, written } = crmThat(() => new Promise(() => undefined));
  const outcome = await note.run({ ...run, signal });
  expect(outcome).toMatchObject({ status: 'refused' });
  expect(outcome.status === 'refused' && outcome.detail).toContain('in time');
  expect(outcome.status === 'refused' && outcome.detail).toContain('Nothing was changed');
  expect(written).toEqual([]);
});

// Catches: a sign-in that is refused told as a CRM that is slow, so that nobody looks at the sign-in.
it('says why the CRM did not tell of an earlier note', async () => {
  const refused = new AppErrorException('BUSINESS_REFUSED', '401');
  const { note, written } = crmThat(() => Promise.reject(refused));
  const outcome = await note.run({ ...run, signal });
  expect(outcome.status === 'refused' && outcome.detail).toContain(refused.error.message);
  expect(outcome.status === 'refused' && outcome.detail).not.toContain('in time');
  expect(written).toEqual([]);
});

// Catches: a change that counts as refused because the app ended while it was looked for.
it('leaves the end of the app to whoever goes on with it at the next start', async () => {
  const app = new AbortController();
  const { note } = crmThat(() => {
    app.abort(new Error('The app ends.'));
    return new Promise(() => undefined);
  });
  await expect(note.run({ ...run, signal: app.signal })).rejects.toThrow('The app ends.');
});
