import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import type { ApprovalState } from '../../shared/contracts/hub/approvals.js';
import type { ApprovalAnswer, ApprovalQuestion } from '../../shared/domain/approval.js';
import type { AppError } from '../../shared/errors/app-error.js';
import {
  inWorkspace,
  startTestHub,
  type TestCaller,
  type TestHub,
  type TestMember,
} from '../hub-for-tests.js';
import { askBody, questionForTests } from './approval-for-tests.js';

let hub: TestHub;
let otherLead: TestMember;
beforeAll(async () => {
  hub = await startTestHub();
  otherLead = await hub.addMember(hub.id, 'lead', 'Bo Hansen');
});
afterAll(() => hub.close());

const ask = (caller: TestCaller, question: ApprovalQuestion) =>
  hub.request(caller, 'POST', '/v1/approvals', askBody(question));
const read = (caller: TestCaller, id: string) => hub.request(caller, 'GET', `/v1/approvals/${id}`);
const decide = (
  caller: TestCaller,
  question: ApprovalQuestion,
  decision: 'approved' | 'refused' = 'approved',
  content = askBody(question).content,
) =>
  hub.request(caller, 'POST', `/v1/approvals/${question.actionId}/decide`, {
    ...{ content, decision, reason: decision === 'refused' ? 'Ask for a photo first.' : '' },
  });
const waiting = async (caller: TestCaller): Promise<{ question: ApprovalQuestion; isOwn: boolean }[]> =>
  (await hub.request(caller, 'GET', '/v1/approvals')).json<{
    approvals: { question: ApprovalQuestion; isOwn: boolean }[];
  }>().approvals;
const codeOf = (answer: { json: () => unknown }): string => (answer.json() as { error: AppError }).error.code;
async function asked(change: Partial<ApprovalQuestion> = {}): Promise<ApprovalQuestion> {
  const question = questionForTests(change);
  expect((await ask(hub.rep, question)).statusCode).toBe(200);
  return question;
}

// Catches a question that never reaches a lead as it was asked, and an answer that never comes back.
it('is shown to leads as it was asked, and the answer comes back to who asked, and is not changed', async () => {
  const question = await asked();
  const [shown] = await waiting(hub.lead);
  expect(shown).toMatchObject({ question, isOwn: false, memberName: 'Test rep' });
  expect((await read(hub.rep, question.actionId)).json<ApprovalState>()).toEqual({ answer: null });

  const answer = (await decide(otherLead, question, 'refused')).json<ApprovalAnswer>();
  expect(answer).toMatchObject({ decision: 'refused', by: 'Bo Hansen', reason: 'Ask for a photo first.' });
  expect((await read(hub.rep, question.actionId)).json<ApprovalState>()).toEqual({ answer });
  // Asked again, as after a restart: it is the same question.
  expect((await ask(hub.rep, question)).json<ApprovalState>()).toEqual({ answer });
  expect(await waiting(hub.lead)).toEqual([]);

  expect((await decide(otherLead, question, 'refused')).json()).toEqual(answer);
  expect(codeOf(await decide(hub.lead, question, 'approved'))).toBe('HUB_CONFLICT');
  expect(codeOf(await decide(otherLead, question, 'approved'))).toBe('HUB_CONFLICT');
  await expect(
    hub.database.run(`UPDATE approval SET decision = 'approved' WHERE id = $1`, [question.actionId]),
  ).rejects.toThrow();
});

// Catches an approval that counts for more than the lead saw: another amount, or another change.
it('is for one content only', async () => {
  const question = await asked();
  const more = { ...question, amount: { amount: 1200, currency: 'EUR' } };
  expect(codeOf(await ask(hub.rep, more))).toBe('HUB_CONFLICT');
  expect(codeOf(await decide(hub.lead, more))).toBe('HUB_CONFLICT');
  // What is shown is not what the fingerprint says.
  const forged = { question: more, content: askBody(question).content };
  expect(codeOf(await hub.request(hub.rep, 'POST', '/v1/approvals', forged))).toBe('HUB_INVALID_REQUEST');
  const another = await asked();
  expect(codeOf(await decide(hub.lead, another, 'approved', askBody(question).content))).toBe('HUB_CONFLICT');
  expect(await waiting(hub.lead)).toHaveLength(2);
});

// Catches a lead who is the second pair of eyes on their own change, and anybody else who decides.
it('is answered by a lead, and by another than who asked', async () => {
  const question = questionForTests();
  await ask(hub.lead, question);
  expect((await waiting(hub.lead)).find((each) => each.question.actionId === question.actionId)?.isOwn).toBe(
    true,
  );
  expect((await decide(hub.lead, question)).statusCode).toBe(403);
  expect((await decide(hub.rep, question)).statusCode).toBe(403);
  expect((await hub.request(hub.rep, 'GET', '/v1/approvals')).statusCode).toBe(403);
  const key = await hub.request(
    hub.hubKey,
    ...(['POST', `/v1/approvals/${question.actionId}/decide`] as const),
    { content: askBody(question).content, decision: 'approved', reason: '' },
    inWorkspace(hub.id),
  );
  expect(codeOf(key)).toBe('HUB_INVALID_REQUEST');
  expect((await decide(otherLead, question)).statusCode).toBe(200);
});

// Catches the questions of one rep being read or taken back by another, and one that was taken back being approved.
it('is read and taken back by who asked only', async () => {
  const question = await asked();
  const other = await hub.addMember(hub.id, 'rep', 'Other rep');
  const withdraw = (caller: TestCaller) =>
    hub.request(caller, 'POST', `/v1/approvals/${question.actionId}/withdraw`);
  expect((await read(other, question.actionId)).statusCode).toBe(404);
  expect((await withdraw(other)).statusCode).toBe(404);
  expect((await withdraw(hub.rep)).statusCode).toBeLessThan(300);
  expect((await decide(hub.lead, question)).statusCode).toBe(404);

  const answered = await asked();
  await decide(hub.lead, answered);
  await hub.request(hub.rep, 'POST', `/v1/approvals/${answered.actionId}/withdraw`);
  expect((await read(hub.rep, answered.actionId)).json<ApprovalState>().answer?.decision).toBe('approved');
});

// Catches somebody whose access was ended having a refund approved.
it('ends with the membership of who asked, and goes on when they joined anew', async () => {
  const leaver = await hub.addMember(hub.id, 'rep', 'Leaver');
  const question = questionForTests();
  await ask(leaver, question);
  await hub.request(hub.operator, 'POST', `/v1/members/${leaver.id}/revoke`, { wipe: false });
  expect((await waiting(hub.lead)).map((each) => each.question.actionId)).not.toContain(question.actionId);
  expect((await decide(hub.lead, question)).statusCode).toBe(404);
  const again = await hub.addMember(hub.id, 'rep', 'Leaver');
  await ask(again, question);
  expect((await decide(hub.lead, question)).statusCode).toBe(200);
  expect((await read(again, question.actionId)).json<ApprovalState>().answer?.decision).toBe('approved');
});

// Catches two leads of whom each is told that theirs is the answer.
it('takes one of two answers that come at once, and keeps nothing of the customer afterwards', async () => {
  const question = await asked({ effect: 'Refund 120 EUR to Femke Bos.' });
  const answers = await Promise.all([
    decide(hub.lead, question, 'approved'),
    decide(otherLead, question, 'refused'),
  ]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  const rows = await hub.database.rows(
    z.object({ row: z.string() }),
    `SELECT to_jsonb(a)::text AS row FROM approval a WHERE id = $1
     UNION ALL SELECT detail FROM audit_entry WHERE detail LIKE '%' || $1::text || '%'`,
    [question.actionId],
  );
  expect(rows.length).toBe(3);
  expect(rows.map(({ row }) => row).join('\n')).not.toContain('Femke');
  expect((await read(hub.rep, randomUUID())).statusCode).toBe(404);
});

// Catches a lead's words about a customer that stay at the hub when the asker's computer forgot the customer, or that somebody else deletes.
it('goes with its answer when its customer is forgotten where it was asked', async () => {
  const forget = (caller: TestCaller, { actionId }: ApprovalQuestion) =>
    hub.request(caller, 'POST', `/v1/approvals/${actionId}/forget`);
  const count = (question: ApprovalQuestion) =>
    hub.database.rows(z.unknown(), 'SELECT 1 FROM approval WHERE id = $1', [question.actionId]);
  const answered = await asked();
  await decide(hub.lead, answered, 'refused');
  expect((await forget(hub.lead, answered)).statusCode).toBe(404);
  expect((await forget(hub.rep, answered)).statusCode).toBeLessThan(300);
  expect(await count(answered)).toEqual([]);
  expect((await forget(hub.rep, answered)).statusCode).toBe(404);
  const open = await asked();
  await forget(hub.rep, open);
  expect(await count(open)).toEqual([]);
  expect((await waiting(hub.lead)).map((each) => each.question.actionId)).not.toContain(open.actionId);
  expect(
    await hub.database.rows(
      z.object({ action: z.string() }),
      `SELECT action FROM audit_entry WHERE detail LIKE '%' || $1::text || '%' ORDER BY sequence`,
      [answered.actionId],
    ),
  ).toEqual(['approval.asked', 'approval.refused', 'approval.forgotten'].map((action) => ({ action })));
});
