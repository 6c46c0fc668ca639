import { dialog } from 'electron';

import { appError, AppErrorException } from '../../shared/errors/app-error.js';

/**
 * Asks what to do where the keychain does not give the key of what is kept. There is no window yet.
 * @throws AppErrorException WORKSPACE_KEY_LOCKED when the rep would rather quit.
 */
export function askForKey(): 'try_again' | 'begin_anew' {
  const { message, next } = appError('WORKSPACE_KEY_LOCKED');
  // A dialog waits for a click that nobody gives on a virtual display.
  if (process.env['CUECARD_MIRROR_CARDS'] === '1') throw new AppErrorException('WORKSPACE_KEY_LOCKED');
  const answer = dialog.showMessageBoxSync({
    type: 'warning',
    title: 'Cuecard',
    message,
    detail: `${next}\n\nBeginning anew puts what is kept aside, unchanged: decisions that wait for the hub, and changes under way, stay there.`,
    buttons: ['Try again', 'Quit', 'Begin anew'],
    defaultId: 0,
    cancelId: 1,
  });
  if (answer === 1) throw new AppErrorException('WORKSPACE_KEY_LOCKED');
  return answer === 2 ? 'begin_anew' : 'try_again';
}
