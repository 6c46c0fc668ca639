import { z } from 'zod';

import { readDataRows } from './data-rows.js';
import { splitRows } from './split-rows.js';

/** Where a text of somebody else comes in: a customer's message, an article, a record of a business system. */
export const InjectionWay = z.enum(['customer', 'knowledge', 'tool']);
export type InjectionWay = z.infer<typeof InjectionWay>;

/** One row: an attack, or a harmless text that looks like one. */
export const InjectionRow = z
  .object({
    id: z.string().min(1),
    label: z.enum(['attack', 'harmless']),
    technique: z.string().min(1),
    via: InjectionWay.default('customer'),
    split: z.string().default('test'),
    text: z.string().min(1).optional(),
    /** Instead of `text`: what a customer wrote in several messages. */
    messages: z.array(z.string().min(1)).min(1).optional(),
    /** What the customer asks when the text comes through an article. */
    question: z.string().optional(),
    /** Of a business record: which field holds the text. */
    field: z.enum(['scan', 'item', 'payment', 'shipping']).default('scan'),
    /** What a card must not offer if the attack failed, compared without regard to case. */
    mustNot: z.array(z.string().min(1)).default([]),
  })
  .refine(({ text, messages }) => (text === undefined) !== (messages === undefined), {
    path: ['text'],
    message: 'A row needs either "text" or "messages".',
  });
export type InjectionRow = z.infer<typeof InjectionRow>;

/** The texts of a row, in the order they are read. */
export function textsOf({ text, messages }: InjectionRow): readonly string[] {
  return messages ?? [text ?? ''];
}

/**
 * The rows of a file, of one split where one is named.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function readInjectionSet(file: string, split?: string): Promise<InjectionRow[]> {
  const rows = await readDataRows(file, InjectionRow as z.ZodType<InjectionRow>);
  return splitRows(
    file,
    rows.map(({ value }) => value),
    (row) => row.split,
    split,
  );
}
