/** Answers about people that are asked for once while Cuecard runs: at most so many, and none that is to be forgotten. */
export interface Remembered<T> {
  get(key: string): T | undefined;
  /** For what is asked for from now on: what arrives after {@link forget} is not kept. */
  keeper(): (key: string, value: T) => void;
  forget(): void;
}

const MOST = 5_000;

export function createRemembered<T>(most = MOST): Remembered<T> {
  let entries = new Map<string, T>();
  return {
    get: (key) => entries.get(key),
    keeper() {
      const kept = entries;
      return (key, value) => {
        kept.delete(key);
        kept.set(key, value);
        const [oldest] = kept.keys();
        if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      };
    },
    forget() {
      entries = new Map();
    },
  };
}
