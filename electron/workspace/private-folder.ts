import fs from 'node:fs';

/**
 * Makes a folder that this user alone may enter, with the folders above it that are missing; takes the rights of others away from one that is
 * there. What lies in it need not be looked at: nobody else gets there.
 */
export function makePrivateFolder(dir: string): void {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  try {
    fs.chmodSync(dir, 0o700);
  } catch {
    // Windows and some network drives know no such rights; there the profile of the user keeps others out.
  }
}
