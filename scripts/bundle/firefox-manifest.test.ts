import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { repoRoot } from '../setup/locations.mjs';
import { firefoxManifest } from './firefox-manifest.mjs';

/** What Mozilla documents of the keys used here; a key it does not know is a warning in Firefox and a refusal when it is signed. */
const Manifest = z.strictObject({
  manifest_version: z.literal(3),
  name: z.string().max(45),
  version: z.string().regex(/^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){0,3}$/u),
  description: z.string().max(132),
  permissions: z.array(z.enum(['tabs', 'storage'])),
  host_permissions: z.tuple([z.literal('http://127.0.0.1/*')]),
  background: z.strictObject({ scripts: z.array(z.string()) }),
  options_ui: z.strictObject({ page: z.string(), open_in_tab: z.boolean() }),
  action: z.strictObject({ default_title: z.string() }),
  icons: z.record(z.string().regex(/^\d+$/u), z.string()),
  content_security_policy: z.strictObject({ extension_pages: z.string() }),
  browser_specific_settings: z.strictObject({
    gecko: z.strictObject({
      id: z.string().regex(/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/u),
      strict_min_version: z.string().regex(/^\d+\.\d+$/u),
      data_collection_permissions: z.strictObject({ required: z.tuple([z.literal('browsingActivity')]) }),
    }),
  }),
});

// Catches: a manifest Firefox refuses (`service_worker` alone), a key only Chromium knows, and another id, under which nobody is updated.
it('is one that Firefox takes, with the same rights and the same code', () => {
  const ours = JSON.parse(fs.readFileSync(path.join(repoRoot, 'extension/manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const made = Manifest.parse(firefoxManifest(ours));
  expect(made.background.scripts).toEqual(['worker.js']);
  expect(made.browser_specific_settings.gecko.id).toBe('{6d3c1f7a-52e8-4b0e-9a41-8c7be2f0d915}');
  for (const same of ['permissions', 'host_permissions', 'content_security_policy', 'version'] as const)
    expect(made[same]).toEqual(ours[same]);
});
