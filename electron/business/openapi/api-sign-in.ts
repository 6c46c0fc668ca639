import { z } from 'zod';

import { invalidDeclaration } from '../declared/read-declaration.js';
import { resolved, type ApiDescription, type ApiOperation } from './api-description.js';

/** How a request says who asks; null where the operation is open to everybody. */
export const ApiSignIn = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('bearer') }),
    z.object({ kind: z.literal('basic') }),
    z.object({ kind: z.literal('header'), name: z.string() }),
  ])
  .nullable();
export type ApiSignIn = z.infer<typeof ApiSignIn>;

const Scheme = z.object({
  type: z.string(),
  scheme: z.string().optional(),
  in: z.string().optional(),
  name: z.string().optional(),
});

/**
 * The first way to sign in that an operation allows and Cuecard knows. A key in the address is none: addresses are written down on their way.
 * @throws AppErrorException BUSINESS_DESCRIPTION_INVALID where there is none.
 */
export function signInOf(description: ApiDescription, { id, security }: ApiOperation): ApiSignIn {
  const schemes = description.components['securitySchemes'] ?? {};
  // Many descriptions name their only scheme and forget to ask for it.
  const names = Object.keys(schemes);
  const asked = security ?? (names.length === 1 ? [{ [names[0] ?? '']: [] }] : [{}]);
  if (asked.length === 0 || asked.some((one) => Object.keys(one).length === 0)) return null;
  for (const one of asked) {
    const [name = '', ...more] = Object.keys(one);
    const known = more.length === 0 ? knownScheme(resolved(description, schemes[name])) : undefined;
    if (known) return known;
  }
  throw invalidDeclaration(
    `Operation ${id}: none of its ways to sign in is bearer, basic or a key in a header`,
  );
}

function knownScheme(value: unknown): ApiSignIn | undefined {
  const parsed = Scheme.safeParse(value);
  if (!parsed.success) return undefined;
  const { type, scheme, in: place, name } = parsed.data;
  const kind = type === 'http' ? scheme?.toLowerCase() : type;
  if (kind === 'bearer' || kind === 'oauth2' || kind === 'openIdConnect') return { kind: 'bearer' };
  if (kind === 'basic') return { kind: 'basic' };
  return kind === 'apiKey' && place === 'header' && name !== undefined ? { kind: 'header', name } : undefined;
}

/** The headers that say who asks; none where nothing was entered. */
export function signedIn(signIn: ApiSignIn, user: string, secret: string): Readonly<Record<string, string>> {
  if (secret === '' && user === '') return {};
  switch (signIn?.kind) {
    case undefined:
      return {};
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
    case 'header':
      return { [signIn.name]: secret };
  }
}
