import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

import {
  EVENT_CHANNEL,
  REQUEST_CHANNEL,
  eventNames,
  routeNames,
  type AssistBridge,
} from '../shared/contracts/ipc/index.js';

const known = { routes: new Set<string>(routeNames), events: new Set<string>(eventNames) };

/** One listener on the channel serves all of the window, however many parts of it want to hear. */
const listeners = new Map<string, Set<(payload: unknown) => void>>();
ipcRenderer.on(EVENT_CHANNEL, (_event: IpcRendererEvent, name: unknown, payload: unknown) => {
  for (const listener of listeners.get(String(name)) ?? []) listener(payload);
});

/** All the window ever sees of main: known names only, no channel, no event object. */
const bridge = {
  request: (name, input) => {
    if (!known.routes.has(name)) return Promise.reject(new Error(`Unknown route ${name}`));
    return ipcRenderer.invoke(REQUEST_CHANNEL, name, input);
  },
  on: (name, listener) => {
    if (!known.events.has(name)) throw new Error(`Unknown event ${name}`);
    const own = (payload: unknown): void => listener(payload as never);
    const all = listeners.get(name) ?? new Set();
    listeners.set(name, all.add(own));
    return () => all.delete(own);
  },
} satisfies AssistBridge;

contextBridge.exposeInMainWorld('assist', bridge);
