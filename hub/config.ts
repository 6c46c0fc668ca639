import { isIP } from 'node:net';
import { z } from 'zod';

import { AppErrorException } from '../shared/errors/app-error.js';
import type { S3Settings } from './segments/s3-segments.js';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const secret = z.string().min(32, 'give at least 32 characters, for example from: openssl rand -base64 32');
/** A variable that is set to nothing is not set: compose files write that. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional());

/** Every environment variable of the hub; docs/hub.md says the same in words. */
const Variables = z
  .object({
    CUECARD_HUB_HOST: optional(z.string()),
    CUECARD_HUB_PORT: optional(whole(0, 65_535)),
    CUECARD_HUB_FOLDER: optional(z.string()),
    DATABASE_URL: optional(
      z.url({
        protocol: /^postgres(ql)?$/,
        error: 'give an address like postgres://user:password@host:5432/name',
      }),
    ),
    CUECARD_HUB_DATABASE_CONNECTIONS: optional(whole(2, 500)),
    CUECARD_HUB_STATEMENT_SECONDS: optional(whole(1, 600)),
    CUECARD_HUB_SECRET: optional(secret),
    CUECARD_HUB_SECRET_PREVIOUS: optional(secret),
    CUECARD_HUB_OPERATOR_KEY: optional(secret),
    CUECARD_HUB_TEAM: optional(z.string().trim().min(1).max(200)),
    CUECARD_HUB_OIDC_ISSUER: optional(z.url().refine(isSafeIssuer, 'give an https address')),
    CUECARD_HUB_OIDC_CLIENT_ID: optional(z.string()),
    CUECARD_HUB_OIDC_SCOPE: optional(z.string()),
    CUECARD_HUB_S3_BUCKET: optional(z.string()),
    CUECARD_HUB_S3_ENDPOINT: optional(z.url()),
    CUECARD_HUB_S3_REGION: optional(z.string()),
    CUECARD_HUB_S3_PREFIX: optional(z.string()),
    CUECARD_HUB_S3_ACCESS_KEY_ID: optional(z.string()),
    CUECARD_HUB_S3_SECRET_ACCESS_KEY: optional(z.string()),
    CUECARD_HUB_TLS_CERTIFICATE: optional(z.string()),
    CUECARD_HUB_TLS_KEY: optional(z.string()),
    CUECARD_HUB_TRUSTED_PROXIES: optional(
      z.string().refine(isAddressList, 'give addresses or networks: 10.0.0.0/8,loopback'),
    ),
    CUECARD_HUB_METRICS_TOKEN: optional(z.string().min(16, 'give at least 16 characters')),
    CUECARD_HUB_MEMBER_REQUESTS_PER_MINUTE: optional(whole(1, 1_000_000)),
    CUECARD_HUB_JOINS_PER_MINUTE: optional(whole(1, 1_000_000)),
    CUECARD_HUB_APPROVAL_DAYS: optional(whole(1, 3650)),
    CUECARD_HUB_LOG_LEVEL: optional(z.enum(['debug', 'info', 'warn', 'error'])),
    CUECARD_HUB_DRAIN_SECONDS: optional(whole(0, 300)),
  })
  .superRefine((given, context) => {
    const needs = (name: keyof typeof given, other: keyof typeof given): void => {
      if (given[name] !== undefined && given[other] === undefined)
        context.addIssue({ code: 'custom', path: [other], message: `is needed with ${name}` });
    };
    needs('CUECARD_HUB_OIDC_ISSUER', 'CUECARD_HUB_OIDC_CLIENT_ID');
    needs('CUECARD_HUB_OIDC_CLIENT_ID', 'CUECARD_HUB_OIDC_ISSUER');
    needs('CUECARD_HUB_S3_BUCKET', 'CUECARD_HUB_S3_ACCESS_KEY_ID');
    needs('CUECARD_HUB_S3_BUCKET', 'CUECARD_HUB_S3_SECRET_ACCESS_KEY');
    needs('CUECARD_HUB_TLS_CERTIFICATE', 'CUECARD_HUB_TLS_KEY');
    needs('CUECARD_HUB_TLS_KEY', 'CUECARD_HUB_TLS_CERTIFICATE');
    // All copies on a server need the same one, so none may make its own.
    needs('DATABASE_URL', 'CUECARD_HUB_SECRET');
  });

export interface HubConfig {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Of the embedded store, and of the secret where none is given. */
  readonly folder: string;
  /** Null for the embedded store. */
  readonly databaseUrl: string | null;
  readonly databaseConnections: number;
  readonly statementSeconds: number;
  readonly secret: string | null;
  /** While the secret is changed: the one before. */
  readonly previousSecret: string | null;
  readonly operatorKey: string | null;
  readonly team: string;
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly scope: string } | null;
  /** Where segments lie; null for the database. */
  readonly s3: S3Settings | null;
  /** Files. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  readonly trustedProxies: string | null;
  readonly metricsToken: string | null;
  readonly limits: { readonly memberPerMinute?: number; readonly joinsPerMinute?: number };
  /** How long questions to leads and their answers are kept. */
  readonly approvalDays: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** How long a hub that is told to stop goes on answering, so that a balancer notices. */
  readonly drainSeconds: number;
}

/**
 * Reads the environment.
 * @param home where the embedded store is unless CUECARD_HUB_FOLDER says otherwise.
 * @throws AppErrorException HUB_CONFIG_INVALID naming the variable, never its value.
 */
export function readHubConfig(env: NodeJS.ProcessEnv, home: string): HubConfig {
  const parsed = Variables.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new AppErrorException('HUB_CONFIG_INVALID', problems.join('; '));
  }
  const given = parsed.data;
  const { CUECARD_HUB_OIDC_ISSUER: issuer, CUECARD_HUB_OIDC_CLIENT_ID: clientId } = given;
  const { CUECARD_HUB_TLS_CERTIFICATE: certificate, CUECARD_HUB_TLS_KEY: key } = given;
  const memberPerMinute = given.CUECARD_HUB_MEMBER_REQUESTS_PER_MINUTE;
  const joinsPerMinute = given.CUECARD_HUB_JOINS_PER_MINUTE;
  return {
    host: given.CUECARD_HUB_HOST ?? '127.0.0.1',
    port: given.CUECARD_HUB_PORT ?? 4780,
    folder: given.CUECARD_HUB_FOLDER ?? home,
    databaseUrl: given.DATABASE_URL ?? null,
    databaseConnections: given.CUECARD_HUB_DATABASE_CONNECTIONS ?? 10,
    statementSeconds: given.CUECARD_HUB_STATEMENT_SECONDS ?? 15,
    secret: given.CUECARD_HUB_SECRET ?? null,
    previousSecret: given.CUECARD_HUB_SECRET_PREVIOUS ?? null,
    operatorKey: given.CUECARD_HUB_OPERATOR_KEY ?? null,
    team: given.CUECARD_HUB_TEAM ?? 'My team',
    oidc:
      issuer !== undefined && clientId !== undefined
        ? { issuer, clientId, scope: given.CUECARD_HUB_OIDC_SCOPE ?? 'openid email profile' }
        : null,
    s3: s3Of(given),
    tls: certificate !== undefined && key !== undefined ? { certificate, key } : null,
    trustedProxies: given.CUECARD_HUB_TRUSTED_PROXIES ?? null,
    metricsToken: given.CUECARD_HUB_METRICS_TOKEN ?? null,
    limits: {
      ...(memberPerMinute === undefined ? {} : { memberPerMinute }),
      ...(joinsPerMinute === undefined ? {} : { joinsPerMinute }),
    },
    approvalDays: given.CUECARD_HUB_APPROVAL_DAYS ?? 30,
    logLevel: given.CUECARD_HUB_LOG_LEVEL ?? 'info',
    drainSeconds: given.CUECARD_HUB_DRAIN_SECONDS ?? 0,
  };
}

function s3Of(given: z.infer<typeof Variables>): S3Settings | null {
  const bucket = given.CUECARD_HUB_S3_BUCKET;
  const accessKeyId = given.CUECARD_HUB_S3_ACCESS_KEY_ID;
  const secretAccessKey = given.CUECARD_HUB_S3_SECRET_ACCESS_KEY;
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) return null;
  return {
    ...{ bucket, accessKeyId, secretAccessKey },
    endpoint: given.CUECARD_HUB_S3_ENDPOINT ?? null,
    region: given.CUECARD_HUB_S3_REGION ?? 'us-east-1',
    prefix: given.CUECARD_HUB_S3_PREFIX ?? 'cuecard/',
  };
}

/** Plain http only to a provider on this machine. */
function isSafeIssuer(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  );
}

/** As Fastify's `trustProxy` takes them. */
function isAddressList(text: string): boolean {
  return text.split(',').every((item) => {
    const [address = '', bits, ...rest] = item.trim().split('/');
    if (['loopback', 'linklocal', 'uniquelocal'].includes(item.trim())) return true;
    const most = isIP(address) === 4 ? 32 : 128;
    return (
      isIP(address) !== 0 &&
      rest.length === 0 &&
      (bits === undefined || (/^\d+$/.test(bits) && +bits <= most))
    );
  });
}

/** What the hub was told, for its first lines: nothing secret is in it. */
export function describeConfig(config: HubConfig): readonly string[] {
  const { databaseUrl, oidc, s3, tls } = config;
  return [
    `Database: ${databaseUrl === null ? `embedded, in ${config.folder}` : describeUrl(databaseUrl)}`,
    `Segments: ${s3 ? `bucket ${s3.bucket} at ${s3.endpoint ?? s3.region}` : 'in the database'}`,
    `Secret: ${config.secret === null ? 'file in the folder' : 'given'}; hub key: ${config.operatorKey === null ? 'made at the first start' : 'given'}`,
    `Company sign-in: ${oidc ? `${oidc.issuer} as ${oidc.clientId}` : 'off'}; TLS: ${tls ? tls.certificate : 'off (leave it to a proxy)'}`,
    `Proxies trusted: ${config.trustedProxies ?? 'none'}; figures: ${config.metricsToken === null ? 'open to anybody' : 'with a token'}; log: ${config.logLevel}`,
  ];
}

function describeUrl(text: string): string {
  const { protocol, username, host, pathname } = new URL(text);
  return `${protocol}//${username === '' ? '' : `${username}:***@`}${host}${pathname}`;
}
