import { app, dialog, type BrowserWindow } from 'electron';
import path from 'node:path';

/** Asks where JSON lines are to be written, over the window; null when the dialog was closed. */
export async function chooseExportFile(window: BrowserWindow | null, name: string): Promise<string | null> {
  const options: Electron.SaveDialogOptions = {
    title: 'Export',
    defaultPath: path.join(app.getPath('documents'), name),
    filters: [{ name: 'JSON lines', extensions: ['jsonl'] }],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
