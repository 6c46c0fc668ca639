import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

/** What the company's provider vouches for. */
export interface VerifiedIdentity {
  /** Issuer and the provider's own name for the person; stays when the address changes. */
  readonly subject: string;
  readonly email: string;
  readonly name: string | null;
  /** When the token would have expired. */
  readonly expiresAt: Date;
}

/** The company's sign-in. */
export interface IdentityProvider {
  /** What a device needs to send a person there. */
  readonly description: { readonly issuer: string; readonly clientId: string; readonly scope: string };
  /** @throws AppErrorException HUB_OIDC_REFUSED with what did not match. */
  verify(idToken: string, nonce: string): Promise<VerifiedIdentity>;
}

/** Asymmetric ones only: with HS256 whoever knows the client's secret could sign. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];
const TIMEOUT_MS = 5000;
/** A device comes straight from the sign-in. */
const MAX_AGE = '10 minutes';
const CLOCK_TOLERANCE_S = 60;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const Claims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  nonce: z.string().optional(),
  azp: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
});

/** Verifies ID tokens of an OpenID Connect provider (OpenID Connect Core 1.0, 3.1.3.7) by the keys it publishes. */
export function createIdentityProvider(settings: {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly now: () => Date;
}): IdentityProvider {
  const { issuer, clientId, scope, now } = settings;
  let keys: JWTVerifyGetKey | null = null;
  return {
    description: { issuer, clientId, scope },
    async verify(idToken, nonce) {
      keys ??= await discoverKeys(issuer);
      const claims = await verifySignature(idToken, keys, { issuer, clientId, now });
      if (claims.nonce !== nonce) throw refused('the nonce is another one');
      if (Array.isArray(claims.aud) && claims.aud.length > 1 && claims.azp !== clientId)
        throw refused('the token was made for another program');
      if (!claims.email) throw refused('the provider gave no e-mail address');
      if (claims.email_verified !== true) throw refused('the provider has not verified the e-mail address');
      return {
        subject: `${issuer}|${claims.sub}`,
        email: claims.email,
        name: claims.name ?? null,
        expiresAt: new Date(claims.exp * 1000),
      };
    },
  };
}

async function verifySignature(
  idToken: string,
  keys: JWTVerifyGetKey,
  expected: { issuer: string; clientId: string; now: () => Date },
): Promise<z.infer<typeof Claims>> {
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(idToken, keys, {
      issuer: expected.issuer,
      audience: expected.clientId,
      algorithms: ALGORITHMS,
      maxTokenAge: MAX_AGE,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: expected.now(),
    }));
  } catch (cause) {
    if (cause instanceof errors.JWTClaimValidationFailed)
      throw refused(`the claim ${cause.claim} does not fit`, cause);
    if (cause instanceof errors.JWTExpired) throw refused('the token has expired', cause);
    if (cause instanceof errors.JOSEError) throw refused(cause.code, cause);
    throw refused('the provider does not answer', cause);
  }
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw refused('the token lacks what it must have');
  return claims.data;
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    const discovery = Discovery.parse(await answer.json());
    if (discovery.issuer !== issuer) throw new Error(`it calls itself ${discovery.issuer}`);
    return createRemoteJWKSet(new URL(discovery.jwks_uri), { timeoutDuration: TIMEOUT_MS });
  } catch (cause) {
    throw refused('the provider does not answer as it should', cause);
  }
}

const refused = (detail: string, cause?: unknown): AppErrorException =>
  new AppErrorException('HUB_OIDC_REFUSED', detail, { cause });
