import { z } from 'zod';

import { invalidDeclaration, readDeclaration } from '../declared/read-declaration.js';
import { asJsonSchema } from '../declared/schema-check.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What of an OpenAPI 3 description is read; https://spec.openapis.org/oas/v3.0.3 and v3.1.0. */
const Description = z.object({
  openapi: z.string().regex(/^3\./u, 'is not 3.x: convert the description first'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
export type ApiDescription = z.infer<typeof Description>;

const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()).default({}),
});
export type ApiParameter = z.infer<typeof Parameter>;

const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
const Body = z.object({
  required: z.boolean().default(false),
  content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).default({}) })),
});

/** One operation of a description. */
export interface ApiOperation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly parameters: readonly ApiParameter[];
  readonly body: {
    readonly isRequired: boolean;
    readonly isForm: boolean;
    readonly schema: JsonObject;
  } | null;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[] | null;
}

/** @throws AppErrorException BUSINESS_DESCRIPTION_INVALID. */
export const readApiDescription = (text: string): ApiDescription =>
  readDeclaration(Description, text, 'Description');

/** @throws AppErrorException BUSINESS_DESCRIPTION_INVALID where the description has no such operation, or one that cannot be called. */
export function findOperation(description: ApiDescription, id: string): ApiOperation {
  for (const [path, item] of Object.entries(description.paths))
    for (const [verb, value] of Object.entries(item)) {
      const operation = Operation.safeParse(value);
      if (!operation.success || operation.data.operationId !== id) continue;
      const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).safeParse(verb.toUpperCase());
      if (!method.success) throw invalidDeclaration(`Operation ${id}: ${verb} is not called from here`);
      const shared = Array.isArray(item['parameters']) ? (item['parameters'] as readonly unknown[]) : [];
      return {
        ...{ id, method: method.data, path },
        parameters: parametersOf(description, [...shared, ...operation.data.parameters], id),
        body: bodyOf(description, operation.data.requestBody, id),
        security: operation.data.security ?? description.security ?? null,
      };
    }
  throw invalidDeclaration(`Operation ${id}: the description has none of this operationId`);
}

/** What a local reference stands for, as far as it leads. */
export function resolved(
  description: Pick<ApiDescription, 'components'>,
  value: unknown,
  depth = 10,
): unknown {
  const reference = typeof value === 'object' && value !== null ? (value as JsonObject)['$ref'] : undefined;
  if (typeof reference !== 'string' || depth === 0) return value;
  const [, kind = '', name = ''] = /^#\/components\/([^/]+)\/([^/]+)$/u.exec(reference) ?? [];
  const target = description.components[kind]?.[name.replaceAll('~1', '/').replaceAll('~0', '~')];
  return resolved(description, target, depth - 1);
}

function parametersOf(description: ApiDescription, all: readonly unknown[], id: string): ApiParameter[] {
  const byPlace = new Map<string, ApiParameter>();
  for (const one of all) {
    const parsed = Parameter.safeParse(resolved(description, one));
    if (!parsed.success) throw invalidDeclaration(`Operation ${id}: one of its parameters cannot be read`);
    byPlace.set(`${parsed.data.in}.${parsed.data.name}`, parsed.data);
  }
  return [...byPlace.values()];
}

function bodyOf(description: ApiDescription, value: unknown, id: string): ApiOperation['body'] {
  if (value === undefined) return null;
  const parsed = Body.safeParse(resolved(description, value));
  if (!parsed.success) throw invalidDeclaration(`Operation ${id}: its body cannot be read`);
  const { required: isRequired, content } = parsed.data;
  const json = Object.entries(content).find(([type]) => /^application\/(?:[\w.-]+\+)?json\b/u.test(type));
  const form = Object.entries(content).find(([type]) => type.startsWith('application/x-www-form-urlencoded'));
  const [, chosen] = json ?? form ?? [];
  if (!chosen) throw invalidDeclaration(`Operation ${id}: its body is neither JSON nor a form`);
  return { isRequired, isForm: !json, schema: asJsonSchema(chosen.schema) as JsonObject };
}
