/** What a tab tells with the permission `tabs`. */
export interface Tab {
  readonly active: boolean;
  readonly incognito: boolean;
  readonly url?: string;
}

interface Happening<Args extends readonly unknown[]> {
  addListener(listener: (...args: Args) => void): void;
}

interface StorageArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
}

/** The little of the browser's interface for extensions that is used here (developer.chrome.com/docs/extensions/reference/api). */
export interface BrowserApi {
  readonly tabs: {
    query(which: { readonly active: true; readonly lastFocusedWindow: true }): Promise<readonly Tab[]>;
    readonly onActivated: Happening<[unknown]>;
    readonly onUpdated: Happening<[tabId: number, change: { readonly url?: string }, tab: Tab]>;
  };
  readonly windows: {
    /** With -1 when no window of the browser has the focus any more. */
    readonly onFocusChanged: Happening<[windowId: number]>;
  };
  readonly storage: {
    /** On this computer, until it is taken away. */
    readonly local: StorageArea;
    /** In memory, until the browser ends. */
    readonly session: StorageArea;
    readonly onChanged: Happening<[changes: Record<string, unknown>, area: string]>;
  };
  readonly action: { readonly onClicked: Happening<[unknown]> };
  readonly runtime: { openOptionsPage(): Promise<void> };
}

declare global {
  var chrome: BrowserApi;
}
