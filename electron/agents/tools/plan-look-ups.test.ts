import { expect, test } from 'vitest';

import { loadTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import { planLookUps } from './plan-look-ups.js';

const team = loadTeam(new URL('../../../resources/demo', import.meta.url).pathname, 'demo');
const lookUps = [
  { tool: 'crm_plan', argumentsFrom: { mail: 'customer_email' } },
  { tool: 'wms_state', argumentsFrom: { order: 'order_id' } },
] as const;
const plan = (email: string | null, orderIds: readonly string[]) =>
  planLookUps({ lookUps, orderIds, team, intent: unknownIntent(''), customer: { name: 'Ada', email } });

// Catches: a look-up with an empty argument, which some systems answer with everything they have.
test('a look-up is made only with all its arguments, once for each order', () => {
  expect(plan('ada@example.com', ['HP-1', 'HP-2'])).toEqual([
    { tool: 'crm_plan', input: { mail: 'ada@example.com' } },
    { tool: 'wms_state', input: { order: 'HP-1' } },
    { tool: 'wms_state', input: { order: 'HP-2' } },
  ]);
  expect(plan(null, [])).toEqual([]);
});
