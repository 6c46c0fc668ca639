import fs from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { buildClientSchema, GraphQLError, isScalarType, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

import { startPeer } from '../../helpdesk/connectors/peer-for-tests.js';

/** Shopify's own description of one version of its Admin API. */
export interface AdminSchema {
  readonly version: string;
  readonly schema: GraphQLSchema;
  /** Scopes of which one must be had, by type (`Order`) or field (`Mutation.refundCreate`); not there where none is needed. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
}

/** What `e2e/peers/shopify-schema.mjs` says when the files are there. */
const Ready = z.object({ files: z.record(z.string(), z.string()) });
const Scoped = z.object({
  typeName: z.string(),
  fieldName: z.string().optional(),
  offlineScopes: z.array(z.string()),
});
const File = z.object({
  data: z.object({ __schema: z.unknown() }).loose(),
  offline_scopes: z.object({ items: z.array(Scoped) }),
});

/** All versions that are at hand, oldest first, or why there is none. A version takes about half a second. */
export async function readAdminSchemas(only?: string): Promise<readonly AdminSchema[] | string> {
  const peer = await startPeer('shopify-schema', Ready);
  if (typeof peer === 'string') return peer;
  await peer.end();
  return Object.entries(peer.ready.files)
    .filter(([version]) => only === undefined || version === only)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([version, file]) => read(version, file));
}

/** The one version the adapter asks for. @throws when the peer has others only: then it asks for what nobody checked. */
export async function readAdminSchema(version: string): Promise<AdminSchema | string> {
  const schemas = await readAdminSchemas(version);
  if (typeof schemas === 'string') return schemas;
  const [schema] = schemas;
  if (!schema) throw new Error(`e2e/peers/shopify-schema.mjs has no schema of ${version}.`);
  return schema;
}

function read(version: string, file: string): AdminSchema {
  const { data, offline_scopes: scoped } = File.parse(
    JSON.parse(gunzipSync(fs.readFileSync(file)).toString()),
  );
  const introspection = data as unknown as Parameters<typeof buildClientSchema>[0];
  const schema = buildClientSchema(introspection, { assumeValid: true });
  for (const type of Object.values(schema.getTypeMap())) {
    const form = FORMS[type.name];
    if (!form || !isScalarType(type)) continue;
    const checked = (value: unknown): unknown => {
      if (typeof value === 'string' && form.test(value)) return value;
      throw new GraphQLError(`${type.name} cannot be ${JSON.stringify(value)}.`);
    };
    type.serialize = checked;
    type.parseValue = checked;
  }
  const needed = scoped.items.filter(({ offlineScopes }) => offlineScopes.length > 0);
  const scopes = needed.map(({ typeName, fieldName, offlineScopes }): [string, readonly string[]] => [
    fieldName === undefined ? typeName : `${typeName}.${fieldName}`,
    offlineScopes,
  ]);
  return { version, schema, scopes: new Map(scopes) };
}

/** An introspection tells the name of a scalar and not its form; these are what the schema's own descriptions say. */
const FORMS: Readonly<Record<string, RegExp>> = {
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/u,
  Money: /^-?\d+(\.\d+)?$/u,
  Decimal: /^-?\d+(\.\d+)?$/u,
  URL: /^https?:\/\//u,
  UnsignedInt64: /^\d+$/u,
};
