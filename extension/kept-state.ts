import type { PairingCode } from '../shared/contracts/browser-extension.js';
import type { BrowserApi } from './browser-api.js';

/** How the last try to reach the app ended. */
export type LinkStatus = 'never' | 'connected' | 'unreachable' | 'refused' | 'other_extension';

/** What the extension keeps on this computer. No address of a page is in it. */
export interface KeptState {
  /** Null until the rep pasted a code. */
  readonly pairing: PairingCode | null;
  /** Whether pages are told; the rep turns it off without losing the pairing. */
  readonly isOn: boolean;
  /** Only pages of these places are told. */
  readonly origins: readonly string[];
  readonly status: LinkStatus;
  /** When the app was last asked, in milliseconds since the epoch. */
  readonly askedAt: number;
}

export const NOT_PAIRED: KeptState = { pairing: null, isOn: true, origins: [], status: 'never', askedAt: 0 };

const KEY = 'cuecard';
const LAST = 'lastPage';

/** The workers of an extension end at any time, so that nothing is kept in a variable. */
export interface Keeper {
  read(): Promise<KeptState>;
  write(change: Partial<KeptState>): Promise<KeptState>;
  /** The page that was told last in this run of the browser. */
  lastPage(): Promise<string | null>;
  tellLastPage(url: string): Promise<void>;
}

export function createKeeper({ local, session }: BrowserApi['storage']): Keeper {
  const read = async (): Promise<KeptState> => ({
    ...NOT_PAIRED,
    ...((await local.get(KEY))[KEY] as Partial<KeptState> | undefined),
  });
  return {
    read,
    async write(change) {
      const next = { ...(await read()), ...change };
      await local.set({ [KEY]: next });
      return next;
    },
    async lastPage() {
      const last = (await session.get(LAST))[LAST];
      return typeof last === 'string' ? last : null;
    },
    tellLastPage: (url) => session.set({ [LAST]: url }),
  };
}
