import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { Agent } from './answers.js';

/** What agents are called. */
export interface AgentNames {
  of(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

/** Freshdesk names agents by number only. Each is asked for once while Cuecard runs; without the right to see agents they stay unnamed. */
export function createAgentNames(http: Pick<HelpdeskHttp, 'json'>): AgentNames {
  const known = new Map<string, string>();

  async function ask(id: string, signal: AbortSignal): Promise<void> {
    try {
      const { contact } = (await http.json(`/api/v2/agents/${encodeURIComponent(id)}`, Agent, {}, signal))
        .body;
      known.set(id, contact?.name ?? contact?.email ?? '');
    } catch (error) {
      if (!(error instanceof HelpdeskFailure)) throw error;
      const { code } = error.error;
      if (code !== 'HELPDESK_RIGHT_MISSING' && code !== 'HELPDESK_CONVERSATION_NOT_FOUND') throw error;
      known.set(id, '');
    }
  }

  return {
    async of(ids, signal) {
      const unknown = [...new Set(ids)].filter((id) => !known.has(id));
      await Promise.all(unknown.map((id) => ask(id, signal)));
      return known;
    },
  };
}
