import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

import {
  EVENT_CHANNEL,
  REQUEST_CHANNEL,
  eventNames,
  routeNames,
  type AssistBridge,
} from '../shared/contracts/ipc/index.js';

const known = { routes: new Set<string>(routeNames), events: new Set<string>(eventNames) };

/** All the window ever sees of main: known names only, no channel, no event object. */
const bridge = {
  request: (name, input) => {
    if (!known.routes.has(name)) return Promise.reject(new Error(`Unknown route ${name}`));
    return ipcRenderer.invoke(REQUEST_CHANNEL, name, input);
  },
  on: (name, listener) => {
    if (!known.events.has(name)) throw new Error(`Unknown event ${name}`);
    const forward = (_event: IpcRendererEvent, eventName: unknown, payload: unknown): void => {
      if (eventName === name) listener(payload as never);
    };
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => ipcRenderer.removeListener(EVENT_CHANNEL, forward);
  },
} satisfies AssistBridge;

contextBridge.exposeInMainWorld('assist', bridge);
