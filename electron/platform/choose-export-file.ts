import { app, dialog, type BrowserWindow } from 'electron';
import path from 'node:path';

const kinds: Readonly<Record<string, string>> = { '.jsonl': 'JSON lines', '.csv': 'Table' };

/** Asks where a file of this name is to be written, over the window; null when the dialog was closed. */
export async function chooseExportFile(window: BrowserWindow | null, name: string): Promise<string | null> {
  const extension = path.extname(name);
  const options: Electron.SaveDialogOptions = {
    title: 'Export',
    defaultPath: path.join(app.getPath('documents'), name),
    filters: [{ name: kinds[extension] ?? 'File', extensions: [extension.slice(1)] }],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}

/** Asks where a file somebody sent is to be kept, over the window; its ending stays as it is. Null when the dialog was closed. */
export async function chooseSaveFile(window: BrowserWindow | null, name: string): Promise<string | null> {
  const options = { title: 'Save file', defaultPath: path.join(app.getPath('downloads'), name) };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
