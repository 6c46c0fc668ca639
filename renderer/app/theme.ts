import type { Settings } from '../../shared/contracts/ipc/settings.js';

const prefersDark = '(prefers-color-scheme: dark)';

/** Whether the window is dark now, by the rep's choice or the system's. */
export function isDark(theme: Settings['theme']): boolean {
  return theme === 'system' ? window.matchMedia(prefersDark).matches : theme === 'dark';
}

/** Puts the rep's choice on the page; without one the system's holds. */
export function applyTheme(theme: Settings['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
