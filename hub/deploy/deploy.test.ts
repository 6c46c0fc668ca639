import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { readHubConfig } from '../config.js';
import { startTestHub, type TestHub } from '../hub-for-tests.js';

const read = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, name), 'utf8');

describe('files for containers', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.close());

  it('ask for figures the hub gives out', async () => {
    hub.hub.services.metrics.feedback('stored', 1);
    hub.hub.services.metrics.segmentBytes('sent', 1);
    await hub.request(hub.rep, 'GET', '/v1/me');
    const { body } = await hub.request(null, 'GET', '/metrics');
    const text = (await read('grafana/hub-dashboard.json')) + (await read('prometheus/alerts.yaml'));
    const asked = new Set(text.match(/\b(cuecard_hub|nodejs)_\w+/g));
    expect(asked.size).toBeGreaterThan(6);
    for (const name of asked) expect(body, name).toMatch(new RegExp(`^${name}[{ ]`, 'm'));
  });

  it('give the hub an environment it takes', async () => {
    const compose = z
      .object({
        services: z.object({ 'hub-a': z.object({ environment: z.record(z.string(), z.string()) }) }),
      })
      .parse(parse(await read('compose.yaml'), { merge: true }));
    const filled = Object.entries(compose.services['hub-a'].environment).map(([name, value]) => [
      name,
      value.replaceAll(
        /\$\{\w+(:-([^}]*)|:\?)\}/g,
        (_all, _form, otherwise?: string) => otherwise ?? 'x'.repeat(40),
      ),
    ]);
    const config = readHubConfig(Object.fromEntries(filled) as NodeJS.ProcessEnv, '/nowhere');
    expect(config).toMatchObject({ trustedProxies: '172.30.80.0/24', oidc: null, team: 'My team' });
    expect(config.databaseUrl).toContain('@postgres:5432/hub');
  });
});
