import { expect, it } from 'vitest';

import { isFromEarlier } from './earlier-change.js';

const refund = { status: 'waiting_for_rep', messageId: 'm1', tool: 'refund_order' } as const;
const change = (tool: string, systemId?: string) => ({
  ...{ tool, input: {} },
  ...(systemId === undefined ? {} : { systemId }),
});

// Catches: a refund from yesterday's message offered beside a card about another wish, as if the customer asked for it now.
it('a change is from an earlier message where the newest does not ask for it again', () => {
  const answered = (...proposals: ReturnType<typeof change>[]) => ({ messageId: 'm2', proposals });
  expect(isFromEarlier(refund, answered(change('change_address')))).toBe(true);
  expect(isFromEarlier(refund, answered(change('refund_order')))).toBe(false);
  expect(isFromEarlier(refund, answered(change('refund_order', 'other-account')))).toBe(true);
  expect(isFromEarlier(refund, { messageId: 'm1', proposals: [] })).toBe(false);
  expect(isFromEarlier(refund, null)).toBe(false);
});

// Catches: what is decided said to be left over.
it('only what still waits for the rep is said to be from earlier', () => {
  const answered = { messageId: 'm2', proposals: [] };
  for (const status of ['waiting_for_lead', 'succeeded', 'refused', 'unclear'] as const)
    expect(isFromEarlier({ ...refund, status }, answered)).toBe(false);
});
