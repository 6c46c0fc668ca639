import { describe, expect, it } from 'vitest';

import { AppErrorException } from '../shared/errors/app-error.js';
import { describeConfig, readHubConfig } from './config.js';

const SECRET = 'a-secret-of-more-than-32-characters-0001';
const read = (env: NodeJS.ProcessEnv) => readHubConfig(env, '/home/of/hub');
const detailOf = (env: NodeJS.ProcessEnv): string => {
  try {
    read(env);
  } catch (cause) {
    if (cause instanceof AppErrorException) return `${cause.error.code} ${cause.error.detail ?? ''}`;
    throw cause;
  }
  return 'fine';
};

describe('configuration of the hub', () => {
  it('needs nothing for the embedded store, on this machine only', () => {
    expect(read({})).toMatchObject({
      host: '127.0.0.1',
      port: 4780,
      folder: '/home/of/hub',
      databaseUrl: null,
      secret: null,
    });
  });

  it.each([
    [{ CUECARD_HUB_PORT: 'http' }, 'CUECARD_HUB_PORT'],
    [{ CUECARD_HUB_PORT: '70000' }, 'CUECARD_HUB_PORT'],
    [{ DATABASE_URL: 'mysql://host/db', CUECARD_HUB_SECRET: SECRET }, 'DATABASE_URL'],
    [
      { DATABASE_URL: 'postgres://user:hidden-word@host/db' },
      'CUECARD_HUB_SECRET: is needed with DATABASE_URL',
    ],
    [{ CUECARD_HUB_SECRET: 'hidden-word' }, 'CUECARD_HUB_SECRET'],
    [{ CUECARD_HUB_OPERATOR_KEY: 'hidden-word' }, 'CUECARD_HUB_OPERATOR_KEY'],
    [{ CUECARD_HUB_OIDC_ISSUER: 'https://id.example.test' }, 'CUECARD_HUB_OIDC_CLIENT_ID'],
    [
      { CUECARD_HUB_OIDC_ISSUER: 'http://id.example.test', CUECARD_HUB_OIDC_CLIENT_ID: 'x' },
      'CUECARD_HUB_OIDC_ISSUER',
    ],
    [{ CUECARD_HUB_TLS_CERTIFICATE: 'a.pem' }, 'CUECARD_HUB_TLS_KEY'],
    [{ CUECARD_HUB_LOG_LEVEL: 'all' }, 'CUECARD_HUB_LOG_LEVEL'],
    [{ CUECARD_HUB_TRUSTED_PROXIES: '10.0.0.0/33' }, 'CUECARD_HUB_TRUSTED_PROXIES'],
    [{ CUECARD_HUB_TRUSTED_PROXIES: 'loopback,proxy.example.test' }, 'CUECARD_HUB_TRUSTED_PROXIES'],
  ])('names the variable that is wrong: %o', (env, name) => {
    const detail = detailOf(env);
    expect(detail).toContain('HUB_CONFIG_INVALID');
    expect(detail).toContain(name);
    expect(detail).not.toContain('hidden-word');
  });

  it('takes what is right, and a variable that is set to nothing as not set', () => {
    expect(detailOf({ CUECARD_HUB_TRUSTED_PROXIES: 'loopback, fd00::/8,10.1.2.3' })).toBe('fine');
    expect(detailOf({ DATABASE_URL: '', CUECARD_HUB_SECRET: '', CUECARD_HUB_OIDC_ISSUER: '' })).toBe('fine');
  });

  it('shows what it was told without what is secret', () => {
    const text = describeConfig(
      read({
        DATABASE_URL: 'postgres://hub:hidden-1@db.example.test:5432/hub?sslpassword=hidden-2',
        CUECARD_HUB_SECRET: `hidden-3-${SECRET}`,
        CUECARD_HUB_OPERATOR_KEY: `hidden-4-${SECRET}`,
        CUECARD_HUB_METRICS_TOKEN: 'hidden-5-and-longer',
      }),
    ).join('\n');
    expect(text).toContain('postgres://hub:***@db.example.test:5432/hub');
    expect(text).not.toContain('hidden');
  });
});
