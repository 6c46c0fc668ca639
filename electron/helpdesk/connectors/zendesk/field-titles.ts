import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { FieldList } from './answers.js';

/** The names of the team's own fields, by number. */
export type FieldTitles = (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>;

/** A ticket tells its fields by number only. Their names are asked for once; without the right to see them they stay out. */
export function createFieldTitles(http: Pick<HelpdeskHttp, 'json'>): FieldTitles {
  let known: ReadonlyMap<string, string> | null = null;

  async function ask(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    try {
      const { body } = await http.json('/api/v2/ticket_fields.json', FieldList, {}, signal);
      return new Map(body.ticket_fields.map(({ id, title }) => [id, title ?? '']));
    } catch (error) {
      if (!(error instanceof HelpdeskFailure)) throw error;
      const { code } = error.error;
      if (code !== 'HELPDESK_RIGHT_MISSING' && code !== 'HELPDESK_CONVERSATION_NOT_FOUND') throw error;
      return new Map();
    }
  }

  return async (signal) => (known ??= await ask(signal));
}
