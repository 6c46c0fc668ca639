import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Notices a statement that is sent past the open transaction it stands in: on PGlite, which has one connection, it would wait
 * for ever; on a server it would not see the transaction's changes.
 */
export class TransactionScope {
  readonly #inside = new AsyncLocalStorage<true>();

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#inside.run(true, work);
  }

  /** For what a transaction sets off but does not belong to it. */
  leave<T>(work: () => T): T {
    return this.#inside.exit(work);
  }

  /** @throws Error, since it is a mistake in our code. */
  refuseInside(): void {
    if (this.#inside.getStore())
      throw new Error('Inside a transaction use the queries it gives, not the database.');
  }
}
