import { InvalidArgumentError } from 'commander';

/** Reads an option that must be a whole number from 1 to `most`. @throws InvalidArgumentError, which prints as usage. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[1-9]\d{0,8}$/.test(text) || value > most)
      throw new InvalidArgumentError(`Give a whole number from 1 to ${String(most)}.`);
    return value;
  };
}
