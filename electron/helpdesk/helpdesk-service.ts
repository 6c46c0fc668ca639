import type { HelpdesksView } from '../../shared/contracts/ipc/helpdesk.js';
import type { ConnectionReport, HelpdeskConnection, HelpdeskState } from '../../shared/domain/helpdesk.js';
import { helpdeskAddressOf } from '../../shared/domain/helpdesk-address.js';
import type { KeyPlace } from '../../shared/domain/key-place.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { deadline, isTimeUp } from '../deadline.js';
import type { HelpdeskConnector } from './connectors/connector.js';
import type { ConnectedInbox } from './following/connected-inbox.js';
import type { ThreadStore } from './following/thread-store.js';
import type { Inbox } from './inbox.js';
import { joinInboxes } from './pasted/joined-inbox.js';
import type { PastedInbox } from './pasted/pasted-inbox.js';
import { createSwitchableInbox } from './switchable-inbox.js';

/** Tokens by connection. A token is never used for another address than it was entered for. */
export interface HelpdeskTokens {
  readonly canStore: () => boolean;
  read(connection: HelpdeskConnection): string | null;
  placeOf(connection: HelpdeskConnection): KeyPlace;
  keep(connection: HelpdeskConnection, token: string): void;
  forget(connection: HelpdeskConnection): void;
}

export interface HelpdeskServiceDeps {
  readonly connections: readonly HelpdeskConnection[];
  readonly save: (connections: readonly HelpdeskConnection[]) => void;
  readonly tokens: HelpdeskTokens;
  readonly store: Pick<ThreadStore, 'forgetConnection'>;
  readonly createConnector: (connection: HelpdeskConnection, token: () => string) => HelpdeskConnector;
  readonly connectInbox: (
    connectors: readonly HelpdeskConnector[],
    onState: (state: HelpdeskState) => void,
  ) => ConnectedInbox;
  /** Conversations the rep pasted, beside those of helpdesks and of the demo. */
  readonly pasted: PastedInbox;
  /** What the desk shows while no helpdesk is connected. */
  readonly demoInbox: () => Inbox;
  /** What was read of these is gone; whatever else is kept of them goes too. */
  readonly onForgotten: (conversationIds: readonly string[]) => void;
  readonly log: Logger;
}

/** Which helpdesks are connected, and the one inbox of all their conversations. */
export interface HelpdeskService {
  readonly inbox: Inbox;
  view(): HelpdesksView;
  /** Nothing is kept. @throws AppErrorException why it does not work. */
  test(connection: HelpdeskConnection, token: string | null): Promise<ConnectionReport>;
  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE, HELPDESK_ADDRESS_INVALID; what was before stays then. */
  save(connection: HelpdeskConnection, token: string | null): Promise<HelpdesksView>;
  remove(id: string): Promise<HelpdesksView>;
  /** The conversation that a page's address or a number stands for, read by now. @throws AppErrorException HELPDESK_*. */
  find(text: string): Promise<string | null>;
  /** The conversation that a page's address stands for, without reading it; null for any other page. */
  conversationOf(url: string): string | null;
  /** Opens a copied text as a conversation on this computer only. @returns its id. */
  paste(text: string): string;
  /** Where pages of connected helpdesks are: `https://rt.example.com`. */
  places(): readonly string[];
  /** The bytes of a file of a conversation, at most `maxBytes`. @throws AppErrorException HELPDESK_*. */
  attachment(
    conversationId: string,
    attachmentId: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Uint8Array>;
  onChanged(listener: (view: HelpdesksView) => void): () => void;
}

const TEST_MS = 20_000;

export function createHelpdeskService(deps: HelpdeskServiceDeps): HelpdeskService {
  const { tokens, log } = deps;
  const listeners = new Set<(view: HelpdesksView) => void>();
  const states = new Map<string, HelpdeskState>();
  let connections = [...deps.connections];
  let places: readonly string[] = [];
  let connected: ConnectedInbox | null = connect();
  const current = createSwitchableInbox(connected ?? deps.demoInbox());
  const inbox = joinInboxes(current, deps.pasted);

  function connect(): ConnectedInbox | null {
    const connectors = connections.map(connectorOf);
    // The web app of some helpdesks is elsewhere than their interface.
    const pages = [...connections.map(({ baseUrl }) => baseUrl), ...connectors.map((one) => one.urlOf('1'))];
    places = [...new Set(pages.flatMap((page) => URL.parse(page ?? '')?.origin ?? []))];
    if (connections.length === 0) return null;
    return deps.connectInbox(connectors, (state) => {
      states.set(state.connectionId, state);
      tell();
    });
  }

  function connectorOf(connection: HelpdeskConnection): HelpdeskConnector {
    return deps.createConnector(connection, () => tokens.read(connection) ?? '');
  }

  const view = (): HelpdesksView => ({
    helpdesks: connections.map((connection) => ({
      ...{ connection, token: tokens.placeOf(connection) },
      state: states.get(connection.id) ?? null,
    })),
    canStoreKeys: tokens.canStore(),
  });

  function tell(): void {
    const now = view();
    for (const listener of listeners) listener(now);
  }

  async function change(next: HelpdeskConnection[]): Promise<HelpdesksView> {
    deps.save(next);
    connections = next;
    states.clear();
    connected = connect();
    await current.switchTo(connected ?? deps.demoInbox());
    log.info('helpdesk.connections_changed', { count: next.length });
    tell();
    return view();
  }

  return {
    inbox,
    view,
    async test(connection, token) {
      const checked = withAddress(connection);
      const kept = tokens.read(checked) ?? '';
      const limit = deadline(TEST_MS);
      try {
        return await deps.createConnector(checked, () => token ?? kept).check(limit.signal);
      } catch (cause) {
        if (!isTimeUp(limit.signal)) throw cause;
        const said = `no answer in ${String(TEST_MS / 1000)} s`;
        throw new AppErrorException('HELPDESK_UNREACHABLE', said, { cause });
      } finally {
        limit.clear();
      }
    },
    async save(entered, token) {
      const connection = withAddress(entered);
      const others = connections.filter(({ id }) => id !== connection.id);
      const before = connections.find(({ id }) => id === connection.id);
      // Another address holds other conversations under the same numbers.
      if (before && before.baseUrl !== connection.baseUrl)
        deps.onForgotten(deps.store.forgetConnection(connection.id));
      if (token !== null) tokens.keep(connection, token);
      return change([...others, connection]);
    },
    async remove(id) {
      const connection = connections.find((one) => one.id === id);
      if (!connection) return view();
      const after = await change(connections.filter((one) => one.id !== id));
      tokens.forget(connection);
      deps.onForgotten(deps.store.forgetConnection(id));
      return after;
    },
    async find(text) {
      const conversationId = connected?.conversationOf(text.trim()) ?? null;
      if (conversationId !== null) await inbox.open(conversationId);
      return conversationId;
    },
    conversationOf: (url) => connected?.conversationOf(url) ?? null,
    paste: (text) => deps.pasted.paste(text),
    places: () => places,
    async attachment(conversationId, ...file) {
      if (!connected) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
      return connected.attachment(conversationId, ...file);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The address without what a person may have copied along. @throws AppErrorException HELPDESK_ADDRESS_INVALID. */
function withAddress(connection: HelpdeskConnection): HelpdeskConnection {
  const address = helpdeskAddressOf(connection.kind, connection.baseUrl);
  // Not repeated: there may be a password in it.
  if (!address) throw new AppErrorException('HELPDESK_ADDRESS_INVALID');
  return { ...connection, baseUrl: address.baseUrl };
}
