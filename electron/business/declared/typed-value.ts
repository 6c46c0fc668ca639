/** What an argument is for a system; a rep and a customer only write texts. */
export type ValueType = 'text' | 'number' | 'boolean';

/** The type a JSON schema asks for; null for lists and objects, which no single text fills. */
export function valueTypeOf({ type }: Readonly<Record<string, unknown>>): ValueType | null {
  const types: readonly unknown[] = Array.isArray(type) ? (type as unknown[]) : [type];
  if (types.includes('string')) return 'text';
  if (types.includes('integer') || types.includes('number')) return 'number';
  if (types.includes('boolean')) return 'boolean';
  return types.includes('array') || types.includes('object') ? null : 'text';
}

/** Null for a text that is no value of this type. */
export function typedValue(
  given: string | number | boolean,
  type: ValueType,
): string | number | boolean | null {
  if (type === 'text') return String(given);
  if (typeof given === type) return given;
  const text = String(given);
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : null;
  return /^-?\d{1,15}(?:\.\d{1,10})?$/u.test(text) ? Number(text) : null;
}
