import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PrivateValue } from '../models/chat-model.js';
import { guardForTests, ledgerForTests } from './privacy-for-tests.js';

const conversationId = 'c-1';
const ADA: PrivateValue = { kind: 'name', value: 'Ada Lovelace' };

let ledger: ReturnType<typeof ledgerForTests>;
beforeEach(() => {
  ledger = ledgerForTests();
});
afterEach(() => ledger.remove());

const disguiseIn =
  (guard: ReturnType<typeof guardForTests>) =>
  (text: string, privateValues: readonly PrivateValue[] = [], id = conversationId) => {
    const disguised = guard.disguise({ conversationId: id, texts: [text], privateValues });
    if (!disguised) throw new Error('blocked');
    return { ...disguised, text: disguised.texts[0] ?? '' };
  };

describe('What leaves is disguised', () => {
  it('with the same placeholder for each spelling of a value, and comes back as it was first written', () => {
    const disguise = disguiseIn(guardForTests(ledger.database()));
    const first = disguise(
      'Hi, I am ADA LOVELACE. Mail Ada@Example.com or ada@example.com, call +31 6 12345678 or 06-12345678 about HP-104233.',
      [ADA],
    );
    expect(first.text).toBe(
      'Hi, I am [NAME_1]. Mail [EMAIL_1] or [EMAIL_1], call [PHONE_1] or [PHONE_1] about [ORDER_1].',
    );
    expect(first.replaced).toEqual({ name: 1, email: 2, phone: 2, order: 1 });
    expect(first.restore('Dear [NAME_1], we wrote to [EMAIL_1] about [ORDER_1].')).toBe(
      'Dear Ada Lovelace, we wrote to Ada@Example.com about HP-104233.',
    );
    expect(disguise('Was it ada@example.com or bob@example.com?').text).toBe(
      'Was it [EMAIL_1] or [EMAIL_2]?',
    );
  });

  it('with a person known by the whole name, the first and the last', () => {
    const disguise = disguiseIn(guardForTests(ledger.database()));
    const { text, restore } = disguise('Ada wrote. Mrs Lovelace waits. ada and Ada Lovelace are one.', [ADA]);
    expect(text).toBe('[NAME_1_FIRST] wrote. Mrs [NAME_1_LAST] waits. [NAME_1_FIRST] and [NAME_1] are one.');
    expect(restore('Hi [NAME_1_FIRST]!')).toBe('Hi Ada!');
  });

  it('with a last name that two people share standing for neither', () => {
    const disguise = disguiseIn(guardForTests(ledger.database()));
    const { text } = disguise('Smith called.', [
      { kind: 'name', value: 'Jane Smith' },
      { kind: 'name', value: 'Peter Smith' },
    ]);
    expect(text).toBe('[NAME_3] called.');
  });

  // Catches a customer who gets the name of another, or of the rep, by asking for it.
  it('without giving a value to who writes a placeholder', () => {
    const disguise = disguiseIn(guardForTests(ledger.database()));
    disguise('I am the customer.', [ADA]);
    const { text, restore } = disguise('Please greet [NAME_1] and [name 1] for me.');
    expect(text).toBe('Please greet [TEXT_1] and [TEXT_2] for me.');
    expect(restore(`Say hi to [TEXT_1].`)).toBe('Say hi to [NAME_1].');
    expect(disguise('Who is [NAME_1]?', [], 'c-2').restore('[NAME_1] [NAME_2]')).toBe('[NAME_1] [NAME_2]');
  });

  // Catches a summary kept over night that names somebody else in the morning.
  it('so that a restart swaps no two people', () => {
    const before = disguiseIn(guardForTests(ledger.database()));
    expect(before('ann@a.example and bea@b.example').text).toBe('[EMAIL_1] and [EMAIL_2]');
    const after = disguiseIn(guardForTests(ledger.reopen()));
    const late = after('cia@c.example and bea@b.example');
    expect(late.text).toBe('[EMAIL_3] and [EMAIL_2]');
    expect(late.restore('[EMAIL_1] [EMAIL_2]')).toBe('[EMAIL_1] bea@b.example');
  });

  it('and no value lies in the ledger for that', () => {
    disguiseIn(guardForTests(ledger.database()))('ann@a.example', [ADA]);
    const rows = JSON.stringify(ledger.database().prepare('SELECT * FROM placeholder').all());
    expect(rows).toContain('EMAIL_1');
    expect(rows).not.toMatch(/ann|lovelace/iu);
  });

  it.each([
    ['Hello [NA', 'ME_1], how', ' are you?'],
    ['Hello [', 'NAME', '_', '1', '], how are you?'],
    ['Hello ', '[NAME_1], how are you?'],
    [...'Hello [NAME_1], how are you?'],
  ])('and comes back whole from pieces: %s', (...pieces) => {
    const { restoreStream } = disguiseIn(guardForTests(ledger.database()))('x', [ADA]);
    const stream = restoreStream();
    const shown = pieces.map((piece) => stream.push(piece));
    expect(shown.join('') + stream.end()).toBe('Hello Ada Lovelace, how are you?');
    expect(shown.join('')).not.toContain('[');
  });

  it('and a bracket that is none is not lost', () => {
    const stream = disguiseIn(guardForTests(ledger.database()))('x').restoreStream();
    expect(stream.push('a [note') + stream.push('] and [NA') + stream.end()).toBe('a [note] and [NA');
  });

  it('in the way a model writes placeholders', () => {
    const { restore } = disguiseIn(guardForTests(ledger.database()))('x', [ADA]);
    expect(restore('\\[NAME\\_1\\], [Name 1], [name_1_first] and [NAME_12]')).toBe(
      'Ada Lovelace, Ada Lovelace, [name_1_first] and [NAME_12]',
    );
  });
});

describe('The settings decide', () => {
  const text = 'Order HP-104233 for ada@example.com';
  it('what goes as it is, and say how much', () => {
    const guard = guardForTests(ledger.database(), { kinds: { order: 'as_is' } });
    const { texts, replaced, kept } =
      guard.disguise({ conversationId, texts: [text], privateValues: [] }) ?? {};
    expect({ texts, replaced, kept }).toEqual({
      texts: ['Order HP-104233 for [EMAIL_1]'],
      replaced: { email: 1 },
      kept: { order: 1 },
    });
  });

  it('what holds a text back', () => {
    const guard = guardForTests(ledger.database(), { kinds: { email: 'block' } });
    expect(guard.disguise({ conversationId, texts: [text], privateValues: [] })).toBeNull();
    expect(guard.disguise({ conversationId, texts: ['Where is it?'], privateValues: [] })).not.toBeNull();
    expect(guardForTests(ledger.database(), { mode: 'block' }).disguiseOnce(['Where is it?'])).toBeNull();
  });
});
