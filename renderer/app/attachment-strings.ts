import type { UsedFile } from '../../shared/domain/used-file.js';
import { plural } from './plural.js';

/** Every word about files of messages; a part of `strings`. */
export const attachmentStrings = {
  attachments: {
    title: 'Attachments',
    show: 'Show',
    showing: 'Loading…',
    hide: 'Hide',
    use: 'Use as context',
    reading: 'Reading…',
    stopUsing: 'Stop using',
    save: 'Save…',
    saving: 'Saving…',
    /** Begins with what is on the button, so that whoever says the words they see is understood. */
    of: (action: string, name: string) => `${action}: ${name}`,
    imageOf: (name: string) => `Image: ${name}`,
    brokenImage:
      'The image is damaged. Save it and try another program, or ask the customer to send it again.',
    /** What went wrong, with what is known of it. */
    problem: (message: string, detail: string | undefined) =>
      detail === undefined ? message : `${message.replace(/\.$/u, '')}: ${detail.replace(/\.$/u, '')}.`,
    saved: (path: string) => `Saved as ${path}`,
    usedTitle: 'Files this card was made with',
    usedMeans: 'It counts as what the customer said, not as a source.',
    uses: ({ name, pages, wasCut }: UsedFile) => {
      const facts = [
        ...(pages === null ? [] : [plural(pages, 'page')]),
        ...(wasCut ? ['its beginning and end'] : []),
      ];
      return facts.length === 0 ? `Uses ${name}` : `Uses ${name} (${facts.join(', ')})`;
    },
    none: 'No message in sight has a file.',
  },
} as const;
