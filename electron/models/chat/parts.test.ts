import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { costMicros } from './cost.js';
import { isStrict, readJson, restoreDeep, schemaOf } from './json-form.js';
import { pauseFromHeaders } from './rate-limit.js';

const now = new Date('2026-11-27T10:00:00Z');

describe('a pause that a service asks for', () => {
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after-ms': '350', 'retry-after': '9' }, 350],
    [{ 'retry-after': 'Fri, 27 Nov 2026 10:00:05 GMT' }, 5000],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m2.5s' }, 62_500],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '250ms' }, 250],
    [{ 'x-ratelimit-remaining-tokens': '12', 'x-ratelimit-reset-tokens': '6m0s' }, null],
    [
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-11-27T10:00:03Z',
      },
      3000,
    ],
    [{ 'retry-after': '86400' }, 600_000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j is %s ms', (headers, pause) => {
    expect(pauseFromHeaders(new Headers(Object.entries(headers)), now)).toBe(pause);
  });
});

describe('the cost of a call', () => {
  const tokens = { inputTokens: 1_000_000, outputTokens: 100_000 };
  it.each([
    ['gpt-4o-mini', 210_000],
    ['gpt-4o-mini-2024-07-18', 210_000],
    ['gpt-4o-2024-08-06', 3_500_000],
    ['openai/gpt-4o-mini', 210_000],
    ['gpt-5', 2_250_000],
    ['gpt-5-mini', 450_000],
    ['claude-haiku-4-5-20251001', 1_500_000],
    ['llama3.1:8b', null],
  ])('of %s is %s millionths of a dollar', (model, cost) => {
    expect(costMicros(model, tokens)).toBe(cost);
  });

  it('is by own prices first', () => {
    const own = [
      { model: 'gpt-4o*', inputPerMillion: 1, outputPerMillion: 1 },
      { model: 'llama3.1:8b', inputPerMillion: 0, outputPerMillion: 0 },
    ];
    expect(costMicros('gpt-4o-mini', tokens, own)).toBe(1_100_000);
    expect(costMicros('llama3.1:8b', tokens, own)).toBe(0);
  });
});

describe('a form', () => {
  const form = z.object({
    label: z.enum(['a', 'b']),
    note: z.string().nullable(),
    items: z.array(z.object({ id: z.string() })),
  });

  it('is strict where all is required, and closed at every level', () => {
    const schema = schemaOf(form);
    expect(isStrict(schema)).toBe(true);
    expect(JSON.stringify(schema)).not.toContain('$schema');
    expect(isStrict(schemaOf(z.object({ a: z.string().optional() })))).toBe(false);
    expect(isStrict(schemaOf(z.object({ a: z.record(z.string(), z.string()) })))).toBe(false);
  });

  it("is in Google's words where Google is asked", () => {
    const schema = JSON.stringify(schemaOf(form, 'openapi-3.0'));
    expect(schema).toContain('"nullable":true');
    expect(schema).not.toContain('additionalProperties');
  });

  it.each([
    ['{"a":1}', { a: 1 }],
    ['```json\n{"a":1}\n```', { a: 1 }],
    ['Here it is: {"a":1}. Good?', { a: 1 }],
    ['[1,2]', [1, 2]],
    ['{"a":', undefined],
    ['no', undefined],
  ])('is read from %s', (text, value) => expect(readJson(text)).toEqual(value));

  it('gets private values back that would break JSON', () => {
    const restored = restoreDeep({ a: ['x [n]'], b: 1 }, (text) => text.replace('[n]', 'O"Neil\n'));
    expect(restored).toEqual({ a: ['x O"Neil\n'], b: 1 });
  });
});
