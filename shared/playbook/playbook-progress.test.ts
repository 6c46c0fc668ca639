import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Playbook, PlaybookStep, StepTick } from '../domain/playbook.js';
import type { ToolCall } from '../domain/tool-call.js';
import { playbookProgress } from './playbook-progress.js';
import { withTicks } from './with-ticks.js';

const call = (part: Partial<ToolCall>, facts: Readonly<Record<string, string>> = {}): ToolCall => ({
  ...{ id: 'T1', tool: 'look_up_order', title: '', risk: 'read', input: {}, status: 'succeeded' },
  ...{ detail: '', durationMs: 1, ...part },
  facts: Object.entries(facts).map(([key, value]) => ({ key, label: key, value })),
});
const playbookOf = (...steps: Omit<PlaybookStep, 'id' | 'words'>[]): Playbook => ({
  ...{ intent: 'return_item', title: 'Return' },
  steps: steps.map((step, at) => ({ id: `s${String(at)}`, words: `Step ${String(at)}`, ...step })),
});
function stateOf(step: Omit<PlaybookStep, 'id' | 'words'>, ...toolCalls: ToolCall[]): string {
  const [only] = playbookProgress(playbookOf(step), { toolCalls, proposals: [], currency: 'EUR' }).steps;
  return [only?.state, only?.by, only?.detail, only?.toJudge && `? ${only.toJudge}`]
    .filter(Boolean)
    .join(' ');
}
const order = (days: string) => call({}, { 'order.id': 'A', 'order.daysSinceDelivery': days });

describe('a step', () => {
  it.each<[string, Omit<PlaybookStep, 'id' | 'words'>, ToolCall[], string]>([
    ['in words alone is the rep’s', {}, [order('3 days')], 'open'],
    [
      'is done once its look-up brought something',
      { tool: 'look_up_order' },
      [order('3 days')],
      'done look_up T1',
    ],
    [
      'stays open where the look-up found nothing, and says so',
      { tool: 'look_up_order' },
      [call({ status: 'not_found', detail: 'No order A.' })],
      'open T1: No order A.',
    ],
    [
      'on the boundary is not needed',
      { onlyIf: 'order.daysSinceDelivery > 30 days' },
      [order('30 days')],
      'not_needed facts order.daysSinceDelivery: 30 days',
    ],
    ['beyond it is to be done', { onlyIf: 'order.daysSinceDelivery > 30 days' }, [order('31 days')], 'open'],
    [
      'is seen done',
      { doneWhen: 'order.daysSinceDelivery <= 30' },
      [order('30 days')],
      'done facts order.daysSinceDelivery: 30 days',
    ],
    [
      'whose facts nobody knows is left to the rep',
      { onlyIf: 'order.daysSinceDelivery > 30 days' },
      [],
      'open Could not be checked: order.daysSinceDelivery is not known. ? order.daysSinceDelivery > 30 days',
    ],
    [
      'with a condition in words is left to the rep',
      { onlyIf: 'the customer is upset' },
      [order('3 days')],
      'open ? the customer is upset',
    ],
    [
      'a change that was made is done, whatever its condition says now',
      { tool: 'refund_order', onlyIf: 'order.daysSinceDelivery > 90 days' },
      [order('3 days'), call({ id: 'T2', tool: 'refund_order', risk: 'write' }, { 'refund.status': 'sent' })],
      'done change T2',
    ],
  ])('%s', (_, step, calls, expected) => {
    expect(stateOf(step, ...calls)).toBe(expected);
  });

  // Catches: the state of one order taken for that of another.
  it('is not judged by two orders that differ', () => {
    const step = { onlyIf: 'order.daysSinceDelivery > 30 days' };
    const both = [
      order('3 days'),
      call({ id: 'T2' }, { 'order.id': 'B', 'order.daysSinceDelivery': '40 days' }),
    ];
    expect(stateOf(step, ...both)).toContain('open Could not be checked');
    expect(stateOf(step, order('40 days'), { ...order('40 days'), id: 'T2' })).toBe('open');
  });

  it('goes by what was just done and not by the look-up before it', () => {
    const step = { doneWhen: 'order.status = "cancelled"' };
    const before = call({ id: 'T2' }, { 'order.status': 'placed' });
    const done = call({ id: 'T1', tool: 'cancel_order', risk: 'write' }, { 'order.status': 'cancelled' });
    expect(stateOf(step, done, before)).toBe('done facts order.status: cancelled');
  });

  it('with a change that is proposed says where it waits', () => {
    const [step] = playbookProgress(playbookOf({ tool: 'refund_order' }), {
      ...{ toolCalls: [], currency: 'EUR' },
      proposals: [{ tool: 'refund_order', input: {} }],
    }).steps;
    expect(step).toMatchObject({ state: 'open', detail: 'Waits under Changes.' });
  });
});

describe('ticks', () => {
  const progress = playbookProgress(
    playbookOf({ tool: 'look_up_order' }, {}, { onlyIf: 'order.daysSinceDelivery > 30 days' }, {}),
    { toolCalls: [order('3 days')], proposals: [], currency: 'EUR' },
  );
  const shown = (...ticks: StepTick[]): string[] =>
    withTicks(progress, ticks).map(
      ({ state, by, isNext }) => `${state} ${by ?? '-'}${isNext ? ' next' : ''}`,
    );
  const tick = (stepId: string, mark: StepTick['mark'], intent = 'return_item') => ({ intent, stepId, mark });

  it('go over what code could not see, and the next step moves on', () => {
    expect(shown()).toEqual(['done look_up', 'open - next', 'not_needed facts', 'open -']);
    expect(shown(tick('s1', 'done'))).toEqual([
      'done look_up',
      'done rep',
      'not_needed facts',
      'open - next',
    ]);
    expect(shown(tick('s1', 'not_needed'), tick('s3', 'done'))).toEqual([
      ...['done look_up', 'not_needed rep', 'not_needed facts', 'done rep'],
    ]);
  });

  it('of another intent count for nothing, and none takes back what was seen done', () => {
    expect(shown(tick('s1', 'done', 'other'), tick('s0', 'not_needed'))).toEqual(shown());
  });

  // Catches: "next: refund" again as soon as the customer was told of the refund, and so a second one.
  it('stay behind a change that was made, also when the run tells nothing of it any more', () => {
    const refund = playbookProgress(
      playbookOf(
        { tool: 'refund_order', onlyIf: 'order.daysSinceDelivery > 30 days' },
        { tool: 'cancel_order' },
      ),
      { toolCalls: [order('3 days')], proposals: [], currency: 'EUR' },
    );
    const standing = (tool: string, isMade: boolean, detail: string) => ({ tool, isMade, detail });
    const changes = [
      ...[standing('refund_order', true, 'RF-1'), standing('refund_order', false, 'Refused')],
      standing('cancel_order', false, 'Waits for a lead'),
    ];
    const ticked = withTicks(refund, [tick('s0', 'not_needed')], changes);
    expect(ticked.map(({ state, by, detail }) => `${state} ${by ?? '-'} ${detail}`)).toEqual([
      ...['done change RF-1', 'open - Waits for a lead'],
    ]);
  });

  // Catches: two next steps, or none while something is left to do.
  it('leave at most one next step, the first that is open', () => {
    const mark = fc.constantFrom<StepTick['mark']>('done', 'not_needed');
    const ticks = fc.array(fc.tuple(fc.constantFrom('s0', 's1', 's2', 's3', 'gone'), mark));
    fc.assert(
      fc.property(ticks, (some) => {
        const steps = withTicks(
          progress,
          some.map(([id, as]) => tick(id, as)),
        );
        return steps.findIndex(({ isNext }) => isNext) === steps.findIndex(({ state }) => state === 'open');
      }),
    );
  });
});
