import path from 'node:path';

const MAX_CHARACTERS = 120;
/** Names Windows keeps for devices, whatever ending they have. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/iu;

/**
 * The name a customer gave a file, as a name that any system takes and that says what it is: no folders, no control characters, nothing that
 * turns letters around (`gpj.exe` shown as `exe.jpg`), no device, at most 120 characters with its ending kept. Pure.
 */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, '')
    .replace(/[\\/:*?"<>|]/gu, '_')
    .replace(/\s+/gu, ' ')
    // Windows drops dots and spaces at the end; a dot at the beginning hides a file.
    .replace(/^[. ]+|[. ]+$/gu, '');
  const { name: stem, ext } = path.posix.parse(plain);
  const ending = ext.length > 20 ? '' : ext;
  const body = ending === '' ? plain : stem;
  const short = [...body]
    .slice(0, MAX_CHARACTERS - ending.length)
    .join('')
    .trim();
  if (short === '') return `file${ending}`;
  return DEVICE.test(short.split('.')[0] ?? '') ? `_${short}${ending}` : `${short}${ending}`;
}
