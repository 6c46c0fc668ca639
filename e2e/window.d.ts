import type { AssistBridge } from '../shared/contracts/ipc/index.js';

declare global {
  interface Window {
    readonly assist: AssistBridge;
  }
}
