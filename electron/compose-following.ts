import type { BrowserWindow } from 'electron';

import type { HelpdesksView } from '../shared/contracts/ipc/helpdesk.js';
import type { Settings } from '../shared/contracts/ipc/settings.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createActiveDesk, type ActiveDesk } from './active/active-conversation.js';
import type { Desk } from './desk.js';
import { createExtensionService, type ExtensionService } from './extension/extension-service.js';
import { createPairing } from './extension/pairing.js';
import type { Broadcast } from './ipc/register.js';
import type { KeyVault } from './models/key-vault.js';
import { createAllowedOrigins, helpdeskName } from './platform/allowed-origins.js';
import { createClipboardShortcut } from './platform/clipboard-shortcut.js';
import { createEmbeddedView } from './platform/embedded-view.js';
import type { HelpdeskPages } from './platform/helpdesk-pages.js';

export interface FollowingOptions {
  readonly window: () => BrowserWindow | null;
  readonly showWindow: () => void;
  readonly broadcast: Broadcast;
  /** The one that is open now. */
  readonly desk: () => Desk;
  readonly keys: KeyVault;
  /** Where the pairing with the browser is kept, without its secret. */
  readonly pairingFile: string;
  /** Where it is kept what else the embedded pages may go to. */
  readonly originsFile: string;
  /** What the pages inside keep on this computer. */
  readonly pages: HelpdeskPages;
  readonly createLogger: CreateLogger;
}

/** The ways by which Cuecard learns where the rep is, and what they come to. */
export interface Following {
  readonly active: ActiveDesk;
  readonly extension: ExtensionService;
  readonly view: ReturnType<typeof createEmbeddedView>;
  /** As the pages do; with their data the open page goes first, so that it writes nothing back. */
  readonly forgetPages: HelpdeskPages['forgetPages'];
  /** Opens what a link stands for; nothing for null. */
  openLink(address: string | null): void;
  /** Goes by the settings and helpdesks of a desk that was opened. Returns the function that ends it. */
  attach(desk: Desk): () => void;
  close(): Promise<void>;
}

/** As many characters as a pasted thread may have. */
const MAX_PASTED = 200_000;

export function composeFollowing(options: FollowingOptions): Following {
  const { window, showWindow, broadcast, desk, createLogger } = options;
  const log = createLogger('active');
  const active = createActiveDesk({
    find: (text) => desk().helpdesks.find(text),
    onChanged: (state) => broadcast('active.changed', { state }),
    onUnknown: (text) => broadcast('helpdesk.asked', { text: text.slice(0, MAX_PASTED) }),
    now: () => new Date(),
    log,
  });
  const extension = createExtensionService({
    pairing: createPairing(options.pairingFile, options.keys),
    origins: () => desk().helpdesks.places(),
    onPage: (url) => void active.heard('extension', url),
    onChanged: (view) => broadcast('extension.changed', { view }),
    now: () => new Date(),
    log: createLogger('extension'),
  });
  const origins = createAllowedOrigins(options.originsFile);
  const view = createEmbeddedView({
    ...{ window, origins, pages: options.pages },
    addressOf: (id) =>
      desk()
        .helpdesks.view()
        .helpdesks.find(({ connection }) => connection.id === id)?.connection.baseUrl ?? null,
    onChanged: (state) => broadcast('view.changed', { state }),
    onUrl: (url) => void active.heard('view', url),
    onInsertAsked: () => broadcast('view.insert_asked', {}),
    conversationOf: (url) => desk().helpdesks.conversationOf(url),
    log,
  });
  const shortcut = createClipboardShortcut((text) => {
    showWindow();
    void active.asked('shortcut', text);
  });
  const apply = ({ clipboardShortcut, browserExtension }: Settings): void => {
    if (!shortcut.set(clipboardShortcut)) log.warn('shortcut.taken');
    void extension.set(browserExtension);
  };

  function keepPlacesOf(known: HelpdesksView['helpdesks']): void {
    const names = known.map(({ connection }) => helpdeskName(connection.id, connection.baseUrl));
    origins.keepOnly(names);
    view.keepOnly(names);
    void options.pages.keepOnly(names);
  }

  return {
    ...{ active, extension, view },
    forgetPages: (scope) => {
      const forget = (): Promise<void> => options.pages.forgetPages(scope);
      return scope.data ? view.beginAfresh(forget) : forget();
    },
    openLink(address) {
      if (address !== null) void active.asked('link', address);
    },
    attach({ settings, helpdesks, forgetting }) {
      apply(settings.read());
      keepPlacesOf(helpdesks.view().helpdesks);
      const stopSettings = settings.onChanged(apply);
      const stop = helpdesks.onChanged(({ helpdesks: known }) => {
        keepPlacesOf(known);
        const ids = known.map(({ connection }) => `${connection.id}:`);
        active.keepOnly((conversationId) => ids.some((id) => conversationId.startsWith(id)));
      });
      const stopForgetting = forgetting.onForgotten((gone) =>
        active.keepOnly((conversationId) => !gone.includes(conversationId)),
      );
      return () => {
        stop();
        stopForgetting();
        stopSettings();
        view.close();
        active.keepOnly(() => false);
      };
    },
    close: () => extension.close(),
  };
}
