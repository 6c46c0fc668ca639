import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';

import {
  EVENT_CHANNEL,
  REQUEST_CHANNEL,
  type EventName,
  type EventPayload,
} from '../../shared/contracts/ipc/index.js';
import { appError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { err } from '../../shared/lib/result.js';
import type { Router } from './router.js';
import { isTrustedSender } from './sender-guard.js';

/** Sends one event to the window; dropped when there is none. */
export type Broadcast = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/**
 * Connects the router to the one request channel. Requests of foreign pages are refused with IPC_FOREIGN_SENDER.
 * Returns the function that disconnects it; requests are then rejected.
 */
export function registerRouter(router: Router, window: () => BrowserWindow | null, log: Logger): () => void {
  ipcMain.handle(REQUEST_CHANNEL, (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
    const frame = event.senderFrame;
    const isTrusted = isTrustedSender({
      url: frame?.url ?? '',
      isMainFrame: frame !== null && frame.parent === null,
      isOwnWindow: window()?.webContents === event.sender,
    });
    if (!isTrusted) {
      log.warn('request.refused', { code: 'IPC_FOREIGN_SENDER' });
      return err(appError('IPC_FOREIGN_SENDER'));
    }
    return router(name, input);
  });
  return () => ipcMain.removeHandler(REQUEST_CHANNEL);
}

export function createBroadcast(window: () => BrowserWindow | null): Broadcast {
  return (name, payload) => {
    const target = window();
    if (target && !target.isDestroyed()) target.webContents.send(EVENT_CHANNEL, name, payload);
  };
}
