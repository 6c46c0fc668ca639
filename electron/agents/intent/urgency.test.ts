import { describe, expect, it } from 'vitest';

import { readUrgency } from './urgency.js';

describe('The urgency of a message', () => {
  it.each([
    ['I need it by Friday', 'high'],
    ['this is urgent', 'high'],
    ['please cancel asap', 'high'],
    ['We leave on Saturday, will it make it in time?', 'high'],
    ['Any update? Just curious, no rush.', 'low'],
    ['it is not urgent', 'low'],
    ['Where is my order?', 'normal'],
    ['Could you tell me where it is right now?', 'normal'],
    ['Will my card be charged right away?', 'normal'],
    ['What is the deadline for skipping a crate?', 'normal'],
    ['Please block my account immediately', 'high'],
    ['The warranty ends in May', 'normal'],
  ])('%s -> %s', (text, urgency) => {
    expect(readUrgency(text, 'neutral', null).urgency).toBe(urgency);
  });

  it('never falls below what the escalation policy says', () => {
    expect(readUrgency('no rush, but the kettle caught fire', 'neutral', 'critical').urgency).toBe(
      'critical',
    );
  });
});
