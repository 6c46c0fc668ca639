import { z } from 'zod';

import { NoteRefused, type NoteDelivery } from '../note-delivery.js';
import type { ActionOutcome, WriteTool } from '../write-tool.js';

const Input = z.object({ text: z.string().trim().min(1, 'is missing').max(4_000, 'is too long') });
/** A helpdesk that answers nothing is looked into for some seconds by the delivery itself. */
const TIME_LIMIT_MS = 30_000;

/** Adds a note to this conversation in its helpdesk, which only the team sees; once for each key. */
export function createAddInternalNote(notes: NoteDelivery): WriteTool<typeof Input> {
  return {
    name: 'add_internal_note',
    title: 'Internal note',
    description: 'Adds a note to this conversation that only the team sees.',
    risk: 'write',
    input: Input,
    fields: [{ key: 'text', label: 'Note', kind: 'text', isEditable: true }],
    // What a note says is the rep's to write.
    argumentsFrom: {},
    timeLimitMs: TIME_LIMIT_MS,
    async preview({ input, conversationId }) {
      if (conversationId === undefined || !(await notes.takesNotes(conversationId)))
        return { status: 'refused', detail: 'The helpdesk of this conversation takes no notes.' };
      return {
        status: 'ready',
        effect: `Add this note, which only the team sees: ${input.text}`,
        call: `Helpdesk: note ${JSON.stringify({ conversationId, text: input.text })}`,
        ...{ amount: null, facts: [] },
      };
    },
    async run({ input, conversationId, key }) {
      if (conversationId === undefined) return { status: 'refused', detail: 'There is no conversation.' };
      try {
        return added(await notes.write(conversationId, input.text, key));
      } catch (error) {
        if (error instanceof NoteRefused) return { status: 'refused', detail: error.message };
        throw error;
      }
    },
    async readBack({ conversationId, key }) {
      const found = conversationId === undefined ? null : await notes.find(conversationId, key);
      return found === null ? null : added(found);
    },
  };
}

/** Without facts: a reply must not tell the customer of it. */
const added = (number: string): ActionOutcome => ({ status: 'succeeded', facts: [], proof: number });
