/**
 * Closes a `switch` over a union: a case that is missing does not compile.
 * @throws Error when a value from outside the types gets here at run time.
 */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
