import { z } from 'zod';

import { invalidDeclaration } from '../declared/read-declaration.js';
import { asJsonSchema, createSchemaCheck } from '../declared/schema-check.js';
import { valueTypeOf } from '../declared/typed-value.js';
import { findOperation, readApiDescription, resolved } from './api-description.js';
import type { ApiDescription, ApiOperation, ApiParameter, JsonObject } from './api-description.js';
import { ApiSignIn, signInOf } from './api-sign-in.js';
import { checkDeclared, DeclaredOperation, readOperations } from './declared-operations.js';

const Target = z.object({ place: z.string(), type: z.enum(['text', 'number', 'boolean']) });

/** A declared operation with all that a call needs, so that the description is read once, when the system is saved. */
const PreparedOperation = DeclaredOperation.extend({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string(),
  signIn: ApiSignIn,
  isForm: z.boolean(),
  /** Where each argument goes and as what. */
  targets: z.record(z.string(), Target),
  /** What `{ path, query, header, body }` of a call has to fit. */
  schema: z.record(z.string(), z.unknown()),
});
export type PreparedOperation = z.infer<typeof PreparedOperation>;

/** Operations with the schemas they refer to. */
export const PreparedApi = z.object({
  operations: z.array(PreparedOperation),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export type PreparedApi = z.infer<typeof PreparedApi>;

/** Set by the connection alone. */
const RESERVED_HEADERS =
  /^(?:authorization|cookie|host|connection|content-.*|transfer-encoding|idempotency-key)$/iu;

/** Joins what a description says with what an operator declared. @throws AppErrorException BUSINESS_DESCRIPTION_INVALID. */
export async function prepareApi(description: string, operations: string): Promise<PreparedApi> {
  const api = readApiDescription(description);
  const declared = readOperations(operations).map((one) => ({
    one,
    found: findOperation(api, one.operation),
  }));
  const lookUps = new Map(
    declared.flatMap(({ one, found }) => (found.method === 'GET' ? [[one.name, one] as const] : [])),
  );
  const prepared = declared.map(({ one, found }) => {
    checkDeclared(one, found.method === 'GET', lookUps);
    return prepare(api, one, found);
  });
  for (const one of prepared) checkReadBack(one, prepared);
  const schemas = api.components['schemas'] ?? {};
  const used = referred(
    prepared.map(({ schema }) => schema),
    schemas,
  );
  const all: PreparedApi = { operations: prepared, components: { schemas: used } };
  for (const { name, schema } of prepared) {
    try {
      await createSchemaCheck({ ...schema, components: all.components });
    } catch (cause) {
      throw invalidDeclaration(`Operation ${name}: ${cause instanceof Error ? cause.message : ''}`, cause);
    }
  }
  return all;
}

function prepare(api: ApiDescription, one: DeclaredOperation, found: ApiOperation): PreparedOperation {
  const wrong = (detail: string) => invalidDeclaration(`Operation ${one.name}: ${detail}`);
  const { parameters, body } = found;
  const placeOf = (name: string): string => {
    const own = parameters.find((parameter) => parameter.name === name);
    return one.places[name] ?? (own ? `${own.in}.${own.name}` : `body.${name}`);
  };
  const targets: Record<string, z.infer<typeof Target>> = {};
  const places = new Set<string>();
  for (const [name, place] of [
    ...Object.keys(one.arguments).map((name) => [name, placeOf(name)] as const),
    ...(one.keyAt === undefined ? [] : [['keyAt', one.keyAt] as const]),
  ]) {
    const schema = schemaAt(api, parameters, body?.schema ?? null, place);
    if (!schema) throw wrong(`the description has no ${place}, where ${name} would go`);
    if (place.startsWith('header.') && RESERVED_HEADERS.test(place.slice(7)))
      throw wrong(`the header ${place.slice(7)} is not an argument`);
    const type = valueTypeOf(schema);
    if (!type) throw wrong(`${place} is a list or an object, which no argument fills`);
    places.add(place);
    if (name !== 'keyAt' || name in one.arguments) targets[name] = { place, type };
  }
  const missing = parameters.find(
    (parameter) =>
      (parameter.required || parameter.in === 'path') && !places.has(`${parameter.in}.${parameter.name}`),
  );
  if (missing) throw wrong(`nothing fills ${missing.name}, which the description asks for`);
  const ofPlace = (place: ApiParameter['in']): JsonObject => ({
    type: 'object',
    properties: Object.fromEntries(
      parameters.filter((one) => one.in === place).map((one) => [one.name, asJsonSchema(one.schema)]),
    ),
  });
  const isRequired = body?.isRequired ?? false;
  const schema: JsonObject = {
    type: 'object',
    properties: {
      ...{ path: ofPlace('path'), query: ofPlace('query'), header: ofPlace('header') },
      ...(body ? { body: body.schema } : {}),
    },
    ...(isRequired ? { required: ['body'] } : {}),
  };
  const { method, path } = found;
  return {
    ...one,
    method,
    path,
    signIn: signInOf(api, found),
    isForm: body?.isForm ?? false,
    targets,
    schema,
  };
}

/** What is read back is asked with what the change was given. */
function checkReadBack(change: PreparedOperation, all: readonly PreparedOperation[]): void {
  for (const [key, name] of [
    ['readBack', change.readBack?.by],
    ['checkedBy', change.checkedBy],
  ] as const) {
    const look = all.find((one) => one.name === name);
    if (!look) continue;
    const unknown = Object.entries(look.arguments).find(
      ([argument, { value, from }]) =>
        value === undefined &&
        from !== 'customer_email' &&
        from !== 'customer_name' &&
        !(argument in change.arguments),
    );
    if (unknown)
      throw invalidDeclaration(
        `Operation ${change.name}: \`${key}\` asks ${look.name}, which needs ${unknown[0]}: declare an argument of this name`,
      );
  }
}

function schemaAt(
  api: ApiDescription,
  parameters: readonly ApiParameter[],
  body: JsonObject | null,
  place: string,
): JsonObject | null {
  const dot = place.indexOf('.');
  const [kind, name] = [place.slice(0, dot), place.slice(dot + 1)];
  if (kind !== 'body') return parameters.find((one) => one.in === kind && one.name === name)?.schema ?? null;
  return (
    body &&
    name.split('.').reduce<JsonObject | null>((schema, part) => schema && property(api, schema, part), body)
  );
}

function property(api: ApiDescription, schema: JsonObject, name: string): JsonObject | null {
  const { properties, allOf, oneOf, anyOf, additionalProperties, $ref } = schema;
  if ($ref !== undefined) {
    const target = resolved(api, schema);
    return target === schema || !isObject(target) ? null : property(api, target, name);
  }
  const own = isObject(properties) ? properties[name] : undefined;
  if (isObject(own)) return own;
  for (const one of [allOf, oneOf, anyOf].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  )) {
    const found = isObject(one) ? property(api, one, name) : null;
    if (found) return found;
  }
  return isObject(additionalProperties) ? additionalProperties : additionalProperties === true ? {} : null;

  function isObject(value: unknown): value is JsonObject {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}

/** The schemas that are referred to, by whatever refers to them. */
function referred(from: readonly unknown[], schemas: JsonObject): Record<string, unknown> {
  const used: Record<string, unknown> = {};
  const look = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(
      /"\$ref":"#\/components\/schemas\/([^"]+)"/gu,
    )) {
      const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
      if (key in used || !(key in schemas)) continue;
      used[key] = asJsonSchema(schemas[key]);
      look(used[key]);
    }
  };
  from.forEach(look);
  return used;
}
