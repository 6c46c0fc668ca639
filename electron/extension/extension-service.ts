import { formatPairingCode } from '../../shared/contracts/browser-extension.js';
import type { ExtensionView } from '../../shared/contracts/ipc/extension.js';
import type { Logger } from '../../shared/lib/logger.js';
import { listenForExtension, type ExtensionServer } from './extension-server.js';
import type { Pairing } from './pairing.js';

export interface ExtensionServiceDeps {
  readonly pairing: Pairing;
  readonly origins: () => readonly string[];
  readonly onPage: (url: string) => void;
  readonly onChanged: (view: ExtensionView) => void;
  readonly now: () => Date;
  readonly log: Logger;
}

/** The app's side of the browser extension: listens only while the rep wants it. */
export interface ExtensionService {
  view(): ExtensionView;
  /** Begins or ends listening; asked twice it does nothing the second time. */
  set(isOn: boolean): Promise<void>;
  /** What the rep pastes into the extension; null while nothing listens. */
  code(): string | null;
  forget(): ExtensionView;
  close(): Promise<void>;
}

/** How often the window hears that the extension said something, in milliseconds. */
const TOLD_EVERY_MS = 5_000;

export function createExtensionService(deps: ExtensionServiceDeps): ExtensionService {
  const { pairing, now, log } = deps;
  let server: ExtensionServer | null = null;
  let isFailed = false;
  let hasMoved = false;
  let heardAt: Date | null = null;
  let isWanted = false;
  let turning = Promise.resolve();

  const view = (): ExtensionView => ({
    state: isFailed ? 'failed' : server === null ? 'off' : pairing.origin() === null ? 'waiting' : 'paired',
    origin: pairing.origin(),
    heardAt: heardAt?.toISOString() ?? null,
    ...{ hasMoved, isTokenKept: pairing.isTokenKept() },
  });
  const tell = (): void => deps.onChanged(view());

  function heard(): void {
    const before = heardAt;
    heardAt = now();
    hasMoved = false;
    if (before === null || heardAt.getTime() - before.getTime() >= TOLD_EVERY_MS) tell();
  }

  async function listen(): Promise<void> {
    const parts = { pairing, origins: deps.origins, onPage: deps.onPage, onHeard: heard, log };
    // Made before anybody asks, so that a pairing without its token counts as none from the start.
    pairing.token();
    try {
      server = await listenForExtension(pairing.port(), parts);
    } catch {
      // Another program has the port: any other will do, and is kept so that the code stays the same.
      server = await listenForExtension(0, parts);
      hasMoved = pairing.origin() !== null;
      pairing.moveTo(server.port);
    }
    log.info('extension.listening');
  }

  async function turn(): Promise<void> {
    if (isWanted === (server !== null)) return;
    try {
      isFailed = false;
      if (isWanted) await listen();
      else {
        const ending = server;
        server = null;
        heardAt = null;
        await ending?.close();
      }
    } catch {
      isFailed = true;
      log.warn('extension.not_listening');
    }
    tell();
  }

  function set(isOn: boolean): Promise<void> {
    isWanted = isOn;
    turning = turning.then(turn);
    return turning;
  }

  return {
    view,
    set,
    code: () => (server ? formatPairingCode({ port: server.port, token: pairing.token() }) : null),
    forget() {
      pairing.forget();
      pairing.token();
      heardAt = null;
      hasMoved = false;
      tell();
      return view();
    },
    close: () => set(false),
  };
}
