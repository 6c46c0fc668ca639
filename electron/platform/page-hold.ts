/** A page of a helpdesk that the rep asked for. */
export interface WantedPage {
  readonly connectionId: string;
  /** Null for the helpdesk's first page. */
  readonly url: string | null;
}

/** Holds pages back while what they keep on this computer is deleted: one that is open then writes it back. */
export interface PageHold {
  isHeld(): boolean;
  /** What to open at the end; the newest counts, and null is for nothing. */
  want(page: WantedPage | null): void;
  /** Opens nothing while `work` runs, then what was wanted last, also where it failed. @throws what `work` throws. */
  during(work: () => Promise<void>): Promise<void>;
}

export function createPageHold(open: (page: WantedPage) => void): PageHold {
  /** One deletion may begin while another is under way. */
  let running = 0;
  let wanted: WantedPage | null = null;
  return {
    isHeld: () => running > 0,
    want: (page) => void (wanted = page),
    async during(work) {
      running += 1;
      try {
        await work();
      } finally {
        running -= 1;
        const page = wanted;
        if (running === 0) {
          wanted = null;
          if (page) open(page);
        }
      }
    },
  };
}
