import type { BrowserApi } from './browser-api.js';
import { createKeeper } from './kept-state.js';
import { createReporter } from './reporter.js';

/** What the browser says instead of a window when none of its windows has the focus. */
const NO_WINDOW = -1;

/** Ties the reporter to what happens in the browser. Called anew each time the browser wakes the worker. */
export function followTabs(api: BrowserApi, now: () => number): void {
  const report = createReporter(api, createKeeper(api.storage), now);
  api.tabs.onActivated.addListener(() => void report('arrived'));
  api.tabs.onUpdated.addListener((_, { url }, { active }) => {
    if (active && url !== undefined) void report('navigated');
  });
  api.windows.onFocusChanged.addListener((windowId) => {
    if (windowId !== NO_WINDOW) void report('arrived');
  });
  api.action.onClicked.addListener(() => void api.runtime.openOptionsPage());
}
