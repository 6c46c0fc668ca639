import { z } from 'zod';

import type { ActionOutcome, ActionRun, WriteTool } from '../../agents/tools/write-tool.js';
import { CrmRefusal, type Crm, type CrmNote } from './crm.js';

const Input = z.object({ text: z.string().trim().min(1, 'is missing').max(4_000, 'is too long') });
type Run = Omit<ActionRun<z.output<typeof Input>>, 'key'>;

const TIME_LIMIT_MS = 20_000;
/** How a note's key is found again. */
const tagOf = (key: string): string => `[cuecard ${key}]`;

/** Adds a note to the record of the customer of the conversation; once for each key. */
export function createAddCrmNote(crm: Crm, prefix: string): WriteTool<typeof Input> {
  async function contactOf({ customer, signal }: Run) {
    if (customer.email === null)
      return { refused: 'The customer of this conversation has no known address.' };
    const contact = await crm.findContact(customer.email, signal);
    return contact ? { contact } : { refused: `Nobody in ${crm.name} has the address of this conversation.` };
  }

  return {
    name: `${prefix}_add_crm_note`,
    title: `Note in ${crm.name}`,
    description: 'Adds a note to the record of this customer that only the company sees.',
    risk: 'write',
    input: Input,
    fields: [{ key: 'text', label: 'Note', kind: 'text', isEditable: true }],
    // What a note says is the rep's to write.
    argumentsFrom: {},
    timeLimitMs: TIME_LIMIT_MS,
    async preview(run) {
      const found = await contactOf(run);
      if (!('contact' in found)) return { status: 'refused', detail: found.refused };
      const { text } = run.input;
      return {
        status: 'ready',
        effect: `Add this note to ${found.contact.name} in ${crm.name}: ${text}`,
        call: `${crm.name}: add note to contact ${found.contact.id} ${JSON.stringify({ text })}`,
        ...{ amount: null, facts: [] },
      };
    },
    async run(run) {
      const found = await contactOf(run);
      if (!('contact' in found)) return { status: 'refused', detail: found.refused };
      const { id } = found.contact;
      const tag = tagOf(run.key);
      const before = await crm.findNote(id, tag, run.signal);
      if (before) return added(before);
      try {
        return added(await crm.addNote(id, { text: run.input.text, tag }, run.signal));
      } catch (error) {
        if (error instanceof CrmRefusal) return { status: 'refused', detail: error.message };
        throw error;
      }
    },
    async readBack(run) {
      const found = await contactOf(run);
      if (!('contact' in found)) return null;
      const note = await crm.findNote(found.contact.id, tagOf(run.key), run.signal);
      return note && added(note);
    },
  };
}

const added = ({ id }: CrmNote): ActionOutcome => ({
  ...{ status: 'succeeded', proof: id },
  facts: [{ key: 'note.status', label: 'Note', value: 'added' }],
});
