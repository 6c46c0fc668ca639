import type { KeyPlace } from '../../shared/domain/key-place.js';

/** Keys of services by their address, so that none is ever sent to another address than it was entered for. */
export interface KeyVault {
  readonly canStore: () => boolean;
  /** Null when there is none for this address. */
  read(address: string): string | null;
  placeOf(address: string): Exclude<KeyPlace, 'environment'>;
  /** Stores it encrypted, or keeps it for this run where that is not possible. */
  keep(address: string, key: string): void;
  forget(address: string): void;
}

/** Secrets of one connection as they are used, never kept. */
export interface ConnectionSecrets {
  readonly key: string | null;
  /** Value of the connection's `secretHeader`. */
  readonly header: string | null;
}
