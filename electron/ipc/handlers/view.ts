import type { InsertOutcome, viewRoutes, ViewState } from '../../../shared/contracts/ipc/view.js';
import type { Handlers } from '../router.js';

/** The embedded helpdesk, as the platform gives it. */
export interface EmbeddedView {
  state(): ViewState;
  /** @throws AppErrorException HELPDESK_CONVERSATION_NOT_FOUND for a helpdesk that is not connected. */
  open(connectionId: string, url: string | null): ViewState;
  close(): ViewState;
  place(place: { x: number; y: number; width: number; height: number } | null): void;
  allow(origin: string): ViewState;
  forgetAllowed(): ViewState;
  focus(): void;
  back(): void;
  reload(): void;
  insert(reply: {
    readonly conversationId: string;
    readonly text: string;
    readonly unlessHeld: readonly string[];
  }): Promise<InsertOutcome>;
}

export function viewHandlers(view: EmbeddedView): Handlers<keyof typeof viewRoutes> {
  return {
    'view.open': ({ connectionId, url }) => view.open(connectionId, url),
    'view.close': () => view.close(),
    'view.place': ({ place }) => view.place(place),
    'view.allow': ({ origin }) => view.allow(origin),
    'view.forget_allowed': () => view.forgetAllowed(),
    'view.focus': () => view.focus(),
    'view.back': () => view.back(),
    'view.reload': () => view.reload(),
    'view.insert': async (reply) => ({ how: await view.insert(reply) }),
  };
}
