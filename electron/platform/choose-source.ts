import { dialog, type BrowserWindow } from 'electron';

/** Endings of the files an import reads; a folder may hold others, which are listed as skipped. */
const READABLE = ['md', 'markdown', 'html', 'htm', 'txt', 'csv', 'tsv', 'pdf', 'docx', 'json', 'jsonl'];

/** Asks for a folder or for files, over the window; an empty list when the dialog was closed. */
export async function chooseSource(
  window: BrowserWindow | null,
  kind: 'folder' | 'files',
): Promise<string[]> {
  const options: Electron.OpenDialogOptions =
    kind === 'folder'
      ? { title: 'Add a folder', properties: ['openDirectory'] }
      : {
          title: 'Add files',
          properties: ['openFile', 'multiSelections'],
          filters: [
            { name: 'Knowledge', extensions: READABLE },
            { name: 'All files', extensions: ['*'] },
          ],
        };
  return choose(window, options);
}

/** Asks for the folder of an embedding model; null when the dialog was closed. */
export async function chooseModelFolder(window: BrowserWindow | null): Promise<string | null> {
  const [dir] = await choose(window, { title: 'Choose a model folder', properties: ['openDirectory'] });
  return dir ?? null;
}

async function choose(window: BrowserWindow | null, options: Electron.OpenDialogOptions): Promise<string[]> {
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}
