import { createStore, type StoreApi } from 'zustand/vanilla';

import type {
  AssistBridge,
  RouteOutput,
  RouteResult,
  RouteName,
} from '../../../shared/contracts/ipc/index.js';
import type { AuditEntry } from '../../../shared/domain/audit-entry.js';
import type { Role } from '../../../shared/domain/member.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createLoader, type Loaded } from './loaded.js';

export type PeopleNow = RouteOutput<'lead.people'>;

/** What the lead is filling in. */
export interface InviteFields {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly days: number;
}

export interface PeopleState {
  readonly people: Loaded<PeopleNow>;
  readonly fields: InviteFields;
  /** The newest invite: the only time its code is seen. */
  readonly invited: { readonly name: string; readonly text: string } | null;
  readonly busy: boolean;
  readonly problem: AppError | null;
  readonly audit: Loaded<readonly AuditEntry[]>;
  readonly hasMoreAudit: boolean;
  readonly verified: RouteOutput<'lead.verify_audit'> | null;
  readonly load: () => Promise<void>;
  readonly edit: (change: Partial<InviteFields>) => void;
  readonly invite: () => Promise<void>;
  /** Takes the code off the screen. */
  readonly putCodeAway: () => void;
  readonly cancelInvite: (id: string) => Promise<void>;
  readonly changeRole: (id: string, role: Role) => Promise<void>;
  readonly revoke: (id: string, wipe: boolean) => Promise<boolean>;
  readonly loadAudit: () => Promise<void>;
  readonly loadMoreAudit: () => Promise<void>;
  readonly verify: () => Promise<void>;
}

export type PeopleStore = StoreApi<PeopleState>;

const AUDIT_PAGE = 100;
const noFields: InviteFields = { name: '', email: '', role: 'rep', days: 3 };

/** The members of the team, those invited, and who did what. */
export function createPeopleStore(bridge: AssistBridge): PeopleStore {
  return createStore<PeopleState>()((set, get) => {
    const load = createLoader(
      () => get().people,
      (people) => set({ people }),
      () => bridge.request('lead.people', undefined),
    );
    /** Does one thing and reads everybody anew. */
    const act = async <N extends RouteName>(work: () => Promise<RouteResult<N>>): Promise<boolean> => {
      if (get().busy) return false;
      set({ busy: true, problem: null });
      const answer = await work();
      set({ busy: false, problem: answer.ok ? null : answer.error });
      await load();
      return answer.ok;
    };
    return {
      people: { kind: 'unread' },
      fields: noFields,
      ...{ invited: null, busy: false, problem: null },
      audit: { kind: 'unread' },
      ...{ hasMoreAudit: false, verified: null },
      load,
      edit: (change) => set({ fields: { ...get().fields, ...change }, problem: null }),
      async invite() {
        const { name, email, role, days } = get().fields;
        if (name.trim() === '') return;
        await act(async () => {
          const answer = await bridge.request('lead.invite', {
            ...{ name: name.trim(), role, expiresInHours: days * 24 },
            email: email.trim() === '' ? null : email.trim(),
          });
          if (answer.ok) set({ invited: { name: name.trim(), text: answer.value.text }, fields: noFields });
          return answer;
        });
      },
      putCodeAway: () => set({ invited: null }),
      async cancelInvite(id) {
        await act(() => bridge.request('lead.cancel_invite', { id }));
      },
      async changeRole(id, role) {
        await act(() => bridge.request('lead.change_role', { id, role }));
      },
      revoke: (id, wipe) => act(() => bridge.request('lead.revoke', { id, wipe })),
      loadAudit: createLoader(
        () => get().audit,
        (audit) =>
          set({ audit, ...(audit.kind === 'ready' && { hasMoreAudit: audit.value.length === AUDIT_PAGE }) }),
        () => bridge.request('lead.audit', { before: null }),
      ),
      async loadMoreAudit() {
        const { audit } = get();
        const oldest = audit.kind === 'ready' ? audit.value.at(-1)?.sequence : undefined;
        if (audit.kind !== 'ready' || oldest === undefined) return;
        const answer = await bridge.request('lead.audit', { before: oldest });
        if (!answer.ok) return set({ audit: { ...audit, problem: answer.error } });
        const value = [...audit.value, ...answer.value];
        set({ audit: { ...audit, value }, hasMoreAudit: answer.value.length === AUDIT_PAGE });
      },
      async verify() {
        const answer = await bridge.request('lead.verify_audit', undefined);
        set(answer.ok ? { verified: answer.value } : { problem: answer.error });
      },
    };
  });
}
