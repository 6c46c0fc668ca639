import { BrowserWindow, nativeTheme, screen } from 'electron';

import type { Settings } from '../../shared/contracts/ipc/settings.js';
import { APP_ORIGIN } from '../ipc/sender-guard.js';

const FULL = { width: 1280, height: 860 };
const BESIDE_WIDTH = 420;

/** Opens the one window, sandboxed and isolated, in the rep's layout; shown when its first frame is painted. */
export function openMainWindow(preload: string, settings: Settings): BrowserWindow {
  const window = new BrowserWindow({
    ...boundsFor(settings.layout),
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Cuecard',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101215' : '#f7f7f5',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.setAlwaysOnTop(settings.alwaysOnTop);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** Follows a change of settings: theme, layout, always on top. */
export function applySettings(window: BrowserWindow, before: Settings, after: Settings): void {
  nativeTheme.themeSource = after.theme;
  if (before.alwaysOnTop !== after.alwaysOnTop) window.setAlwaysOnTop(after.alwaysOnTop);
  if (before.layout !== after.layout) window.setBounds(boundsFor(after.layout));
}

/** Beside: a column on the right edge of the work area, as high as it; full: a centred window. Never larger than the screen. */
function boundsFor(layout: Settings['layout']): Electron.Rectangle {
  const area = screen.getPrimaryDisplay().workArea;
  if (layout === 'beside') {
    const width = Math.min(BESIDE_WIDTH, area.width);
    return { x: area.x + area.width - width, y: area.y, width, height: area.height };
  }
  const width = Math.min(FULL.width, area.width);
  const height = Math.min(FULL.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}
