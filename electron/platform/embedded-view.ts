import { session, WebContentsView, type BrowserWindow } from 'electron';

import type { InsertOutcome, ViewState } from '../../shared/contracts/ipc/view.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { helpdeskName, type AllowedOrigins } from './allowed-origins.js';
import { EDITOR_TEXT } from './editor-text.js';
import { partitionOf, type HelpdeskPages } from './helpdesk-pages.js';
import { insertIntoPage, type ReplyToInsert } from './insert-into-page.js';
import { createPageHold } from './page-hold.js';
import { letNavigate } from './security.js';
import { insertsReply } from './page-insert-key.js';
import { leavesPage } from './page-leave-key.js';
import { createSendKeyGuard } from './send-key-guard.js';

export interface EmbeddedViewDeps {
  readonly window: () => BrowserWindow | null;
  /** Where the web app of a connected helpdesk is; null for one that is not connected. */
  readonly addressOf: (connectionId: string) => string | null;
  /** Where else pages may go, as the rep allowed for each helpdesk. */
  readonly origins: AllowedOrigins;
  /** Knows what is to be deleted with a helpdesk. */
  readonly pages: Pick<HelpdeskPages, 'opened'>;
  readonly onChanged: (state: ViewState) => void;
  /** The page's address, whenever it changes. */
  readonly onUrl: (url: string) => void;
  /** The rep, who is in the page, asks for the reply that is shown; once for a key that is held. */
  readonly onInsertAsked: () => void;
  /** The conversation that the address of a page stands for; nothing is fetched. */
  readonly conversationOf: (url: string) => string | null;
  readonly log: Logger;
}

/** In points of the window's page. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CLOSED: ViewState = {
  ...{ connectionId: null, url: '', isLoading: false, blocked: null, problem: '', allowed: [] },
};
/** Scripts of ours run beside the page's, with nothing of each other in reach. */
const OUR_WORLD = 1_001;

/**
 * The helpdesk's own web app inside the window.
 *
 * A page of somebody else: sandboxed, without preload, in a session of its own for each helpdesk, with every permission and every new window
 * denied, kept to its own origin and those the rep allowed for sign-in. Downloads are asked about by the system's own dialog. Nothing is clicked
 * and nothing is sent in it.
 */
export function createEmbeddedView(deps: EmbeddedViewDeps) {
  const { window, addressOf, origins, pages, onChanged, onUrl, onInsertAsked, conversationOf, log } = deps;
  /** Of the helpdesk that is open. */
  let home = { name: '', origin: '' };
  let view: WebContentsView | null = null;
  let state = CLOSED;
  /** Where the window last said that the page lies. */
  let place: Place | null = null;
  const sendKeys = createSendKeyGuard(() => performance.now());
  const hold = createPageHold(({ connectionId, url }) => {
    if (addressOf(connectionId) === null) close();
    else open(connectionId, url);
    lay();
  });

  function change(part: Partial<ViewState>): void {
    state = { ...state, ...part };
    onChanged(state);
  }

  function open(connectionId: string, url: string | null): ViewState {
    const address = addressOf(connectionId);
    if (address === null) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', connectionId);
    if (hold.isHeld()) {
      hold.want({ connectionId, url });
      change({ ...CLOSED, connectionId, isLoading: true });
      return state;
    }
    const { origin } = new URL(address);
    const start = url !== null && URL.parse(url)?.origin === origin ? url : address;
    const name = helpdeskName(connectionId, address);
    if (state.connectionId !== connectionId || home.name !== name || view === null) {
      close();
      pages.opened(connectionId, name);
      view = makeView(connectionId);
      window()?.contentView.addChildView(view);
      state = { ...CLOSED, connectionId };
    }
    home = { name, origin };
    change({ allowed: [...origins.of(home.name)] });
    load(start);
    return state;
  }

  function makeView(connectionId: string): WebContentsView {
    const own = session.fromPartition(partitionOf(connectionId));
    own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    own.setPermissionCheckHandler(() => false);
    const made = new WebContentsView({
      webPreferences: {
        ...{ session: own, sandbox: true, contextIsolation: true, nodeIntegration: false },
        ...{ webviewTag: false, spellcheck: true },
      },
    });
    const { webContents: contents } = made;
    letNavigate(contents);
    made.setVisible(false);
    contents.setWindowOpenHandler(({ url }) => {
      block(url);
      return { action: 'deny' };
    });
    const keepInside = (
      event: Electron.Event<{ readonly url: string; readonly isMainFrame: boolean }>,
    ): void => {
      if (!event.isMainFrame || mayGo(event.url)) return;
      event.preventDefault();
      block(event.url);
    };
    contents.on('will-navigate', keepInside);
    contents.on('will-redirect', keepInside);
    contents.on('before-input-event', (event, key) => {
      if (leavesPage(key)) window()?.webContents.focus();
      else if (insertsReply(key)) {
        if (!key.isAutoRepeat) onInsertAsked();
      } else if (!sendKeys.takes(key)) return;
      event.preventDefault();
    });
    contents.on('did-start-loading', () => change({ isLoading: true }));
    contents.on('did-stop-loading', () => change({ isLoading: false }));
    const moved = (url: string): void => {
      change({ url, blocked: null, problem: '' });
      onUrl(url);
    };
    contents.on('did-navigate', (_, url) => moved(url));
    contents.on('did-navigate-in-page', (_, url, isMainFrame) => {
      if (isMainFrame) moved(url);
    });
    contents.on('did-fail-load', (_, code, description, url, isMainFrame) => {
      // -3: given up for another page, or kept inside by us.
      if (isMainFrame && code !== -3) change({ problem: description || String(code), isLoading: false });
    });
    contents.on('render-process-gone', () => change({ problem: 'The page crashed.', isLoading: false }));
    return made;
  }

  const mayGo = (url: string): boolean => {
    const parsed = URL.parse(url);
    return (
      parsed !== null &&
      ['http:', 'https:'].includes(parsed.protocol) &&
      (parsed.origin === home.origin || state.allowed.includes(parsed.origin))
    );
  };

  function block(url: string): void {
    const parsed = URL.parse(url);
    log.info('view.blocked');
    change({
      blocked: parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href.slice(0, 2_000) : null,
    });
  }

  function lay(): void {
    if (!view) return;
    view.setVisible(place !== null);
    if (!place) {
      // No page lies over a dialog of ours, whatever a system makes of an invisible view.
      view.setBounds({ x: 0, y: 0, width: 0, height: 0 });
      // What lies over it gets the keys.
      if (view.webContents.isFocused()) window()?.webContents.focus();
      return;
    }
    const zoom = window()?.webContents.getZoomFactor() ?? 1;
    view.setBounds({
      ...{ x: Math.round(place.x * zoom), y: Math.round(place.y * zoom) },
      ...{ width: Math.round(place.width * zoom), height: Math.round(place.height * zoom) },
    });
  }

  function load(url: string): void {
    change({ blocked: null, problem: '', url });
    // What went wrong is told by did-fail-load.
    view?.webContents.loadURL(url).catch(() => undefined);
  }

  function close(): ViewState {
    hold.want(null);
    if (view) {
      window()?.contentView.removeChildView(view);
      view.webContents.close();
      view = null;
    }
    change(CLOSED);
    return state;
  }

  /** Ends the page that is open, to be opened again from the start. */
  async function endPage(): Promise<void> {
    const { connectionId } = state;
    if (view === null || connectionId === null) return;
    hold.want({ connectionId, url: null });
    const { webContents: contents } = view;
    window()?.contentView.removeChildView(view);
    view = null;
    const isGone = new Promise<void>((resolve) => contents.once('destroyed', () => resolve()));
    contents.close();
    await isGone;
  }

  return {
    state: () => state,
    open,
    close,
    /** Closes the pages of a helpdesk that is not connected any more. */
    keepOnly(helpdesks: readonly string[]): void {
      if (view && !helpdesks.includes(home.name)) close();
    },
    /** Ends the page, runs `work` while there is none, and shows the helpdesk from its first page on, where one was shown or is wanted by then. */
    beginAfresh: (work: () => Promise<void>): Promise<void> =>
      hold.during(async () => {
        await endPage();
        await work();
      }),
    place(told: Place | null): void {
      place = told;
      lay();
    },
    allow(origin: string): ViewState {
      const wanted = state.blocked;
      if (wanted === null || new URL(wanted).origin !== origin) return state;
      origins.allow(home.name, origin);
      change({ allowed: [...origins.of(home.name)] });
      load(wanted);
      return state;
    },
    forgetAllowed(): ViewState {
      origins.forget(home.name);
      change({ allowed: [] });
      return state;
    },
    /** Nothing while the page is not to be seen. */
    focus(): void {
      if (view && view.getBounds().width > 0) view.webContents.focus();
    },
    back: () => view?.webContents.navigationHistory.goBack(),
    reload: () => view?.webContents.reload(),
    async insert(reply: ReplyToInsert): Promise<InsertOutcome> {
      if (!view) return 'no_editor';
      const { webContents: contents } = view;
      const page = {
        url: () => contents.mainFrame.url,
        async editorText(): Promise<string | null> {
          const code = [{ code: EDITOR_TEXT }];
          const held: unknown = await contents.executeJavaScriptInIsolatedWorld(OUR_WORLD, code);
          return typeof held === 'string' ? held : null;
        },
        async write(text: string): Promise<void> {
          sendKeys.begin();
          await contents.insertText(text);
          contents.focus();
          // From when the page gets the keys.
          sendKeys.begin();
        },
      };
      return insertIntoPage(page, conversationOf, reply);
    },
  };
}
