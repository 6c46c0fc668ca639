import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { RtPrivileged } from './answers.js';

/** Who works here, by what RT says of a user. Somebody hired later is known after a restart. */
export interface StaffList {
  /** Those of `names` who work here. */
  among(names: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
}

/**
 * Asks RT once for each user. A listing that expands `Creator` leaves `Privileged` empty for reps (seen with 5.0.3), the user's own
 * record has it. A record the token may not see belongs to a customer: reps see each other.
 */
export function createStaffList(http: HelpdeskHttp): StaffList {
  const known = new Map<string, boolean>();

  async function ask(name: string, signal: AbortSignal): Promise<void> {
    try {
      const path = `/REST/2.0/user/${encodeURIComponent(name)}`;
      const { Privileged: privileged } = (await http.json(path, RtPrivileged, {}, signal)).body;
      known.set(name, String(privileged ?? '') === '1');
    } catch (error) {
      if (!(error instanceof HelpdeskFailure)) throw error;
      const { code } = error.error;
      if (code !== 'HELPDESK_RIGHT_MISSING' && code !== 'HELPDESK_CONVERSATION_NOT_FOUND') throw error;
      known.set(name, false);
    }
  }

  return {
    async among(names, signal) {
      const unknown = [...new Set(names)].filter((name) => !known.has(name) && name !== 'RT_System');
      await Promise.all(unknown.map((name) => ask(name, signal)));
      return new Set(names.filter((name) => known.get(name) === true));
    },
  };
}
