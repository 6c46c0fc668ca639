/** The same without one field. */
export function without<T extends object, K extends keyof T>(record: T, name: K): Omit<T, K> {
  const rest = { ...record };
  Reflect.deleteProperty(rest, name);
  return rest;
}
