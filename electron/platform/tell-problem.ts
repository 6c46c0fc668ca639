import { dialog, type BrowserWindow } from 'electron';

import type { AppError } from '../../shared/errors/app-error.js';

/** Says over the window what a rep must not miss, and goes on; other problems are said in the window and its settings. */
export function tellProblem(window: BrowserWindow | null, problem: AppError | null): void {
  // A dialog waits for a click that nobody gives on a virtual display.
  if (problem?.code !== 'WORKSPACE_SET_ASIDE' || !window || process.env['CUECARD_MIRROR_CARDS'] === '1')
    return;
  const { message, detail, next } = problem;
  void dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Cuecard',
    message,
    detail: [detail, next].filter(Boolean).join('\n\n'),
    buttons: ['OK'],
  });
}
