import { createStore, type StoreApi } from 'zustand/vanilla';

import type { HelpdesksView } from '../../../shared/contracts/ipc/helpdesk.js';
import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { ConnectionReport, HelpdeskKind } from '../../../shared/domain/helpdesk.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { leftToSave } from '../../../shared/lib/left-to-save.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';
import {
  checkFields,
  fieldsOf,
  helpdeskKindNames,
  newFields,
  withKind,
  type Checked,
  type ConnectedHelpdesk,
  type FieldProblem,
  type HelpdeskFields,
} from './helpdesk-fields.js';

/** What became of the last thing the rep did in the panel. */
export type HelpdeskOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'field'; readonly problem: FieldProblem }
  | { readonly kind: 'works'; readonly report: ConnectionReport }
  | { readonly kind: 'saved' | 'removed'; readonly name: string }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface HelpdeskPanelState {
  /** What is connected; null before it was read. */
  readonly view: HelpdesksView | null;
  /** The form on screen; null while the list is. */
  readonly fields: HelpdeskFields | null;
  readonly busy: 'no' | 'testing' | 'saving' | 'removing';
  readonly outcome: HelpdeskOutcome;
  /** The connection whose removal is asked about. */
  readonly toRemove: string | null;
  readonly load: () => Promise<void>;
  readonly add: () => void;
  readonly change: (id: string) => void;
  readonly edit: (change: Partial<Omit<HelpdeskFields, 'id' | 'kind' | 'options'>>) => void;
  readonly chooseKind: (kind: HelpdeskKind) => void;
  readonly setOption: (key: string, value: string) => void;
  readonly test: () => Promise<void>;
  readonly save: () => Promise<void>;
  readonly askToRemove: (id: string | null) => void;
  readonly remove: () => Promise<void>;
  /** Back from the form to the list. */
  readonly back: () => void;
  /** The panel is closed: what was typed waits, but for a token. */
  readonly leave: () => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type HelpdeskStore = StoreApi<HelpdeskPanelState>;

/** Part of every conversation's id, so it is never used again for another helpdesk. */
const randomId = (): string => crypto.randomUUID().slice(0, 8);

/** Keeps which helpdesks are connected and the form of one while the rep fills it; main owns the connections. */
export function createHelpdeskStore(bridge: AssistBridge, newId = randomId): HelpdeskStore {
  return createStore<HelpdeskPanelState>()((set, get) => {
    /** Counts the forms that were opened: one may be opened while another is being saved. */
    let form = 0;
    const fail = (error: AppError): void => set({ busy: 'no', outcome: { kind: 'failed', error } });
    const find = (id: string | null): ConnectedHelpdesk | null =>
      get().view?.helpdesks.find(({ connection }) => connection.id === id) ?? null;
    const change = (next: (fields: HelpdeskFields) => HelpdeskFields): void => {
      const { fields } = get();
      if (fields) set({ fields: next(fields), outcome: { kind: 'none' } });
    };

    /** What is asked for, or null after saying which field is wrong; one thing at a time. */
    function begin(busy: 'testing' | 'saving'): Exclude<Checked, { problem: unknown }> | null {
      const { fields, busy: now } = get();
      if (!fields || now !== 'no') return null;
      const checked = checkFields(fields, find(fields.id), newId);
      if ('problem' in checked) {
        set({ outcome: { kind: 'field', problem: checked.problem } });
        return null;
      }
      set({ busy, outcome: { kind: 'none' } });
      return checked;
    }

    return {
      ...{ view: null, fields: null, busy: 'no', outcome: { kind: 'none' }, toRemove: null },
      async load() {
        const result = await bridge.request('helpdesk.read', undefined);
        if (result.ok) set({ view: result.value });
        else fail(result.error);
      },
      add() {
        const [first] = helpdeskKindNames;
        form += 1;
        if (first) set({ fields: newFields(first), toRemove: null, outcome: { kind: 'none' } });
      },
      change(id) {
        const helpdesk = find(id);
        form += 1;
        if (helpdesk) set({ fields: fieldsOf(helpdesk), toRemove: null, outcome: { kind: 'none' } });
      },
      edit: (edited) => change((fields) => ({ ...fields, ...edited })),
      chooseKind: (kind) => change((fields) => withKind(fields, kind)),
      setOption: (key, value) =>
        change((fields) => ({ ...fields, options: { ...fields.options, [key]: value } })),
      async test() {
        const asked = begin('testing');
        if (!asked) return;
        const { fields } = get();
        const result = await bridge.request('helpdesk.test', asked);
        // What was typed meanwhile was not what was tested.
        if (get().fields !== fields) return set({ busy: 'no' });
        if (!result.ok) return fail(result.error);
        set({ busy: 'no', outcome: { kind: 'works', report: result.value } });
      },
      async save() {
        const asked = begin('saving');
        if (!asked) return;
        const { fields } = get();
        const own = form;
        const result = await bridge.request('helpdesk.save', asked);
        if (!result.ok) return fail(result.error);
        const { id, name } = asked.connection;
        const now = get().fields;
        // What was typed meanwhile is not saved yet: it stays, for the helpdesk that is.
        const typed = now && fields && own === form ? leftToSave(fields, now, 'token') : now;
        const left = typed && own === form ? { ...typed, id } : typed;
        set({ view: result.value, fields: left, busy: 'no', outcome: { kind: 'saved', name } });
      },
      askToRemove: (id) => set({ toRemove: id, outcome: { kind: 'none' } }),
      async remove() {
        const helpdesk = find(get().toRemove);
        if (!helpdesk || get().busy !== 'no') return;
        set({ busy: 'removing' });
        const { id, name } = helpdesk.connection;
        const result = await bridge.request('helpdesk.remove', { id });
        if (!result.ok) return fail(result.error);
        set({ view: result.value, toRemove: null, busy: 'no', outcome: { kind: 'removed', name } });
      },
      back: () => set({ fields: null, outcome: { kind: 'none' } }),
      leave() {
        const { fields } = get();
        set({ fields: fields && { ...fields, token: '' }, toRemove: null, outcome: { kind: 'none' } });
      },
      connect: () => bridge.on('helpdesk.changed', (view) => set({ view })),
    };
  });
}

export const HelpdeskContext = createStoreContext<HelpdeskPanelState>();

export const useHelpdesk = <T>(selector: (state: HelpdeskPanelState) => T): T =>
  useSelected(HelpdeskContext, selector);
