import { z } from 'zod';

/** A JSON schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The schema a model is asked to fill: what may go *into* the zod schema, since it is parsed by it. `openapi-3.0` for
 * Google, which knows neither `anyOf` with null nor `const`.
 */
export function schemaOf(form: z.ZodType, target: 'draft-7' | 'openapi-3.0' = 'draft-7'): JsonSchema {
  const schema = z.toJSONSchema(form, { target, io: 'input', unrepresentable: 'any' });
  return tidy(schema, target === 'draft-7') as JsonSchema;
}

/** OpenAI's strict mode wants every property required and nothing besides; whatever else is asked for works without it. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isRecord(schema)) return true;
  const { properties } = schema;
  if (isRecord(properties)) {
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
    if (!Object.keys(properties).every((name) => required.has(name))) return false;
    if (schema['additionalProperties'] !== false) return false;
  } else if (schema['type'] === 'object') return false;
  const unknown = [
    'default',
    'minLength',
    'maxLength',
    'propertyNames',
    'allOf',
    'not',
    'oneOf',
    'prefixItems',
  ];
  if (unknown.some((name) => name in schema)) return false;
  return Object.values(schema).every(isStrict);
}

function tidy(schema: unknown, closes: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => tidy(entry, closes));
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([name]) => name !== '$schema' && (closes || name !== 'additionalProperties'))
    .map(([name, value]): [string, unknown] => [
      name,
      name === 'properties' ? each(value, closes) : tidy(value, closes),
    ]);
  const tidied = Object.fromEntries(entries);
  if (closes && isRecord(tidied['properties']) && !('additionalProperties' in tidied))
    tidied['additionalProperties'] = false;
  return tidied;
}

/** Properties may be called anything, also `additionalProperties`. */
const each = (properties: unknown, closes: boolean): unknown =>
  isRecord(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, tidy(value, closes)]))
    : properties;

/** What is said to a model that has no structured output of its own. */
export const formInstruction = (schema: JsonSchema): string =>
  `Answer with one JSON value and nothing else: no explanation, no code fence. It must fit this JSON schema:\n${JSON.stringify(schema)}`;

/**
 * Reads what a model wrote as JSON: as it is, or the one value within a code fence or between words.
 * @returns undefined when there is none.
 */
export function readJson(text: string): unknown {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1];
  const start = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const candidates = [text, fenced, start >= 0 && end > start ? text.slice(start, end + 1) : undefined];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // The next candidate may be it.
    }
  }
  return undefined;
}

/** Puts private values back into every text of a value; keys are the form's own. */
export function restoreDeep(value: unknown, restore: (text: string) => string): unknown {
  if (typeof value === 'string') return restore(value);
  if (Array.isArray(value)) return value.map((entry) => restoreDeep(entry, restore));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, restoreDeep(entry, restore)]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
