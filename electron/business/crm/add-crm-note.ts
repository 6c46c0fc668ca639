import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ActionOutcome, ActionRun, WriteTool } from '../../agents/tools/write-tool.js';
import { deadline, isTimeUp, orAborted } from '../../deadline.js';
import { CrmRefusal, type Crm, type CrmNote } from './crm.js';

const Input = z.object({ text: z.string().trim().min(1, 'is missing').max(4_000, 'is too long') });
type Run = Omit<ActionRun<z.output<typeof Input>>, 'key'>;

const TIME_LIMIT_MS = 20_000;
/** Of it, for what is read before the note is written: a contact may have thousands of notes. */
const LOOK_MS = 12_000;
/** How a note's key is found again. */
const tagOf = (key: string): string => `[cuecard ${key}]`;

/** Adds a note to the record of the customer of the conversation; once for each key. */
export function createAddCrmNote(crm: Crm, prefix: string, lookMs = LOOK_MS): WriteTool<typeof Input> {
  async function contactOf({ customer, signal }: Run) {
    if (customer.email === null)
      return { refused: 'The customer of this conversation has no known address.' };
    const contact = await crm.findContact(customer.email, signal);
    return contact ? { contact } : { refused: `Nobody in ${crm.name} has the address of this conversation.` };
  }

  /** Whose note it will be, or how it ends: without an answer by now nothing was written, and it is not for the rep to find that out. */
  async function lookFirst(
    run: ActionRun<z.output<typeof Input>>,
  ): Promise<ActionOutcome | { readonly contactId: string }> {
    const limit = deadline(lookMs, run.signal);
    try {
      const found = await orAborted(contactOf({ ...run, signal: limit.signal }), limit.signal);
      if (!('contact' in found)) return { status: 'refused', detail: found.refused };
      const { id } = found.contact;
      const before = await orAborted(crm.findNote(id, tagOf(run.key), limit.signal), limit.signal);
      return before ? added(before) : { contactId: id };
    } catch (error) {
      run.signal.throwIfAborted();
      const why = error instanceof AppErrorException ? ` (${error.error.message})` : '';
      const inTime = isTimeUp(limit.signal) ? ' in time' : '';
      const detail = `${crm.name} did not say${inTime} whether this note is there already${why}. Nothing was changed; start it anew.`;
      return { status: 'refused', detail };
    } finally {
      limit.clear();
    }
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
      const ready = await lookFirst(run);
      if (!('contactId' in ready)) return ready;
      try {
        return added(
          await crm.addNote(ready.contactId, { text: run.input.text, tag: tagOf(run.key) }, run.signal),
        );
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
  // Nothing a reply could state: the customer must not hear of it.
  ...{ status: 'succeeded', proof: id, facts: [] },
});
