import { createStore, type StoreApi } from 'zustand/vanilla';

import type { BusinessView } from '../../../shared/contracts/ipc/business.js';
import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { BusinessKind, BusinessSystem } from '../../../shared/domain/business-system.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { leftToSave } from '../../../shared/lib/left-to-save.js';
import { strings } from '../../app/strings.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

const text = strings.business;

/** What is typed into the form of one system. */
export interface BusinessFields {
  /** Null for a new one. */
  readonly id: string | null;
  readonly kind: BusinessKind;
  readonly name: string;
  readonly address: string;
  readonly options: Readonly<Record<string, string>>;
  readonly secret: string;
}

export type BusinessOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly text: string }
  | { readonly kind: 'works'; readonly notes: readonly string[] }
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface BusinessState {
  readonly view: BusinessView | null;
  readonly fields: BusinessFields | null;
  readonly isBusy: boolean;
  readonly outcome: BusinessOutcome;
  readonly toRemove: string | null;
  readonly load: () => Promise<void>;
  readonly add: (kind: BusinessKind) => void;
  readonly change: (id: string) => void;
  readonly edit: (change: Partial<BusinessFields>) => void;
  readonly test: () => Promise<void>;
  readonly save: () => Promise<void>;
  readonly askToRemove: (id: string | null) => void;
  readonly remove: () => Promise<void>;
  readonly back: () => void;
  /** The panel is closed: what was typed waits, but for a secret. */
  readonly leave: () => void;
}

export type BusinessStore = StoreApi<BusinessState>;

/** Two systems of one kind are told apart by their names, which are the rep's to change. */
function freeName(label: string, taken: readonly string[]): string {
  const names = [label, ...taken.map((_, at) => `${label} ${String(at + 2)}`)];
  return names.find((name) => !taken.includes(name)) ?? label;
}

const NONE: BusinessOutcome = { kind: 'none' };

/** Keeps which business systems are connected and the form of one while it is filled; main owns them. */
export function createBusinessStore(
  bridge: AssistBridge,
  newId = (): string => crypto.randomUUID().slice(0, 8),
): BusinessStore {
  return createStore<BusinessState>()((set, get) => {
    /** Counts the forms that were opened: one may be opened while another is being saved. */
    let form = 0;
    const fail = (error: AppError): void => set({ isBusy: false, outcome: { kind: 'failed', error } });

    /** What main is asked for; null after saying what is missing, or while something is under way. */
    function entered(): { readonly system: BusinessSystem; readonly secret: string | null } | null {
      const { fields, view, isBusy } = get();
      if (!fields || isBusy) return null;
      const before = view?.systems.find(({ system }) => system.id === fields.id);
      const address = fields.address.trim();
      const options = Object.fromEntries(
        text.kinds[fields.kind].options.map(({ key }) => [key, (fields.options[key] ?? '').trim()]),
      );
      const words = text.kinds[fields.kind];
      const missing = words.options.find(({ key, required }) => required !== null && options[key] === '');
      const isKept = before !== undefined && before.secret !== 'none' && before.system.baseUrl === address;
      const problem =
        URL.parse(address) === null
          ? text.problem.address(words.addressExample)
          : (missing?.required ??
            (fields.secret === '' && !isKept && !words.isSecretOptional
              ? text.problem.secret
              : fields.name.trim() === ''
                ? text.problem.name
                : null));
      if (problem !== null) {
        set({ outcome: { kind: 'problem', text: problem } });
        return null;
      }
      set({ isBusy: true, outcome: NONE });
      const id = fields.id ?? `${fields.kind}-${newId()}`;
      return {
        system: { ...{ id, kind: fields.kind, name: fields.name.trim(), baseUrl: address }, options },
        secret: fields.secret === '' ? null : fields.secret,
      };
    }

    return {
      view: null,
      fields: null,
      isBusy: false,
      outcome: NONE,
      toRemove: null,
      async load() {
        const result = await bridge.request('business.read', undefined);
        if (result.ok) set({ view: result.value });
        else fail(result.error);
      },
      add(kind) {
        form += 1;
        const { label, address = '' } = text.kinds[kind];
        const taken = get().view?.systems.map(({ system }) => system.name) ?? [];
        set({
          fields: {
            ...{ id: null, kind, name: freeName(label, taken), address },
            options: {},
            secret: '',
          },
          outcome: NONE,
        });
      },
      change(id) {
        const found = get().view?.systems.find(({ system }) => system.id === id)?.system;
        if (!found) return;
        form += 1;
        const { kind, name, baseUrl: address, options } = found;
        set({ fields: { id, kind, name, address, options, secret: '' }, outcome: NONE, toRemove: null });
      },
      edit: (change) => set(({ fields }) => ({ fields: fields && { ...fields, ...change }, outcome: NONE })),
      async test() {
        const asked = entered();
        if (!asked) return;
        const { fields } = get();
        const result = await bridge.request('business.test', asked);
        // What was typed meanwhile was not what was tested.
        if (get().fields !== fields) set({ isBusy: false });
        else if (result.ok) set({ isBusy: false, outcome: { kind: 'works', notes: result.value.notes } });
        else fail(result.error);
      },
      async save() {
        const asked = entered();
        if (!asked) return;
        const { fields } = get();
        const own = form;
        const result = await bridge.request('business.save', asked);
        if (!result.ok) return fail(result.error);
        const now = get().fields;
        // What was typed meanwhile is not saved yet: it stays, for the system that is.
        const typed = now && fields && own === form ? leftToSave(fields, now, 'secret') : now;
        const left = typed && own === form ? { ...typed, id: asked.system.id } : typed;
        set({
          ...{ isBusy: false, view: result.value, fields: left },
          outcome: { kind: 'done', text: text.saved(asked.system.name) },
        });
      },
      askToRemove: (toRemove) => set({ toRemove, outcome: NONE }),
      async remove() {
        const { toRemove, view, isBusy } = get();
        if (toRemove === null || isBusy) return;
        set({ isBusy: true });
        const name = view?.systems.find(({ system }) => system.id === toRemove)?.system.name ?? '';
        const result = await bridge.request('business.remove', { id: toRemove });
        if (!result.ok) return fail(result.error);
        set({
          ...{ isBusy: false, toRemove: null, view: result.value },
          outcome: { kind: 'done', text: text.removed(name) },
        });
      },
      back: () => set({ fields: null, outcome: NONE }),
      leave: () =>
        set(({ fields }) => ({ fields: fields && { ...fields, secret: '' }, outcome: NONE, toRemove: null })),
    };
  });
}

export const BusinessContext = createStoreContext<BusinessState>();
export const useBusiness = <T>(selector: (state: BusinessState) => T): T =>
  useSelected(BusinessContext, selector);
