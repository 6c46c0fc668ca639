/** Says what of a value does not fit a JSON schema; null for one that fits. */
export type SchemaCheck = (value: unknown) => string | null;

/** Formats the validator knows; any other says nothing to it. */
const FORMATS = new Set([
  ...['date', 'time', 'date-time', 'duration', 'uri', 'uri-reference', 'email', 'hostname', 'ipv4', 'ipv6'],
  ...['uuid', 'int32', 'int64', 'float', 'double', 'byte'],
]);

/** Makes the check of a JSON schema (or of one from OpenAPI 3, see {@link asJsonSchema}). @throws Error for a schema that is none. */
export async function createSchemaCheck(schema: Readonly<Record<string, unknown>>): Promise<SchemaCheck> {
  const { AjvJsonSchemaValidator } = await import('@modelcontextprotocol/sdk/validation/ajv');
  // A schema that names itself would be kept by that name, and another draft's rules be looked for.
  const rest = Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$id' && key !== '$schema'),
  );
  const check = new AjvJsonSchemaValidator().getValidator(rest);
  return (value) => {
    const result = check(value);
    return result.valid ? null : result.errorMessage;
  };
}

/**
 * A schema as OpenAPI 3.0 writes it, without what JSON Schema reads differently: limits that are true instead of a number, `required` on a single
 * property, formats of one's own, and examples.
 */
export function asJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => {
    if (['exclusiveMinimum', 'exclusiveMaximum', 'required'].includes(key)) return typeof value !== 'boolean';
    if (key === 'format') return typeof value !== 'string' || FORMATS.has(value);
    return !['example', 'examples', 'xml', 'externalDocs'].includes(key) || isPlainSchema(value);
  });
  return {
    ...Object.fromEntries(kept.map(([key, value]) => [key, asJsonSchema(value)])),
    ...limitsOf(schema),
  };
}

/** `minimum: 0, exclusiveMinimum: true` as JSON Schema says it. */
function limitsOf(schema: Readonly<{ minimum?: unknown; maximum?: unknown }> & object): object {
  const isTrue = (key: string): boolean => (schema as Readonly<Record<string, unknown>>)[key] === true;
  return {
    ...(isTrue('exclusiveMinimum') ? { exclusiveMinimum: schema.minimum } : {}),
    ...(isTrue('exclusiveMaximum') ? { exclusiveMaximum: schema.maximum } : {}),
  };
}

/** A property may have the name of a keyword. */
const isPlainSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('type' in value || '$ref' in value);
