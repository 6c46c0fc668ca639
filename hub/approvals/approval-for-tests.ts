import { createHash, randomUUID } from 'node:crypto';

import { contentText, type ApprovalQuestion } from '../../shared/domain/approval.js';

/** A refund of 120 EUR that waits for a lead. */
export function questionForTests(change: Partial<ApprovalQuestion> = {}): ApprovalQuestion {
  return {
    actionId: randomUUID(),
    ...{ tool: 'refund_order', title: 'Refund an order' },
    fields: [{ key: 'amount', label: 'Amount', kind: 'money', isEditable: true }],
    input: { orderId: 'HP-1', amount: '120.00' },
    effect: 'Refund 120.00 EUR of order HP-1 to the card it was paid with.',
    call: 'refund { orderId: "HP-1", amount: 12000 }',
    amount: { amount: 120, currency: 'EUR' },
    findings: [
      { rule: 'refund_limit', message: 'A rep refunds up to 100 EUR.', effect: 'needs_lead', source: null },
    ],
    ...change,
  };
}

/** The body that asks it. */
export function askBody(question: ApprovalQuestion): { question: ApprovalQuestion; content: string } {
  const { actionId, ...rest } = question;
  const content = createHash('sha256')
    .update(contentText({ id: actionId, ...rest }))
    .digest('hex');
  return { question, content };
}
