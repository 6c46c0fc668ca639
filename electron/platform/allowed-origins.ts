import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** A sign-in takes two or three; more is a page that tries its luck. */
const MAX_ORIGINS = 20;

const File = z.record(z.string(), z.array(z.string()));

/** Places outside a helpdesk its pages may go to, by helpdesk. */
export interface AllowedOrigins {
  of(helpdesk: string): readonly string[];
  allow(helpdesk: string, origin: string): void;
  forget(helpdesk: string): void;
  /** Drops what was allowed for helpdesks that are not connected any more. */
  keepOnly(helpdesks: readonly string[]): void;
}

/** Under this name a helpdesk's places are kept: another address under the same id has none. */
export const helpdeskName = (connectionId: string, address: string): string =>
  `${connectionId} ${URL.parse(address)?.origin ?? ''}`;

/** A file that cannot be read allows nothing; one that cannot be written holds until the app ends. */
export function createAllowedOrigins(file: string): AllowedOrigins {
  let kept = load(file);

  function keep(next: z.infer<typeof File>): void {
    kept = next;
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    } catch {
      // It holds for this run.
    }
  }

  const without = (isGone: (helpdesk: string) => boolean): void => {
    const left = Object.entries(kept).filter(([helpdesk]) => !isGone(helpdesk));
    if (left.length < Object.keys(kept).length) keep(Object.fromEntries(left));
  };

  return {
    of: (helpdesk) => kept[helpdesk] ?? [],
    allow(helpdesk, origin) {
      const before = kept[helpdesk] ?? [];
      if (!before.includes(origin)) keep({ ...kept, [helpdesk]: [...before, origin].slice(-MAX_ORIGINS) });
    },
    forget: (helpdesk) => without((one) => one === helpdesk),
    keepOnly: (helpdesks) => without((one) => !helpdesks.includes(one)),
  };
}

function load(file: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
