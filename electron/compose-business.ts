import fs from 'node:fs';
import path from 'node:path';

import type { BusinessSystem } from '../shared/domain/business-system.js';
import type { TeamProfile } from '../shared/domain/team.js';
import type { ToolServer } from '../shared/domain/tool-server.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createBusinessService, type BusinessService } from './business/business-service.js';
import { createConnectSystem } from './business/connect-system.js';
import type { KeyVault } from './models/key-vault.js';
import { openDemoShop, type DemoShop } from './shop/demo-shop.js';
import { readBusinessSystems, saveBusinessSystems } from './workspace/business-choice.js';
import { DEMO_ORDERS_FILE, type WorkspacePaths } from './workspace/workspace.js';

export interface BusinessOptions {
  readonly workspace: WorkspacePaths;
  /** Null where nobody entered secrets, as on the command line: then only the demo's shop is there. */
  readonly keys: KeyVault | null;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
  readonly onChanged: () => void;
  /** Of the team in force. */
  readonly toolServers: () => readonly ToolServer[];
  /** Of the team in force. */
  readonly profile: () => TeamProfile;
}

export interface ComposedBusiness {
  readonly service: BusinessService;
  close(): Promise<void>;
}

/** What facts of the demo's own orders are marked with. */
const DEMO_SHOP = 'Demo shop';

/** Builds the connected business systems; the demo team's own shop while there is none. */
export function composeBusiness(options: BusinessOptions): ComposedBusiness {
  const { workspace, keys, createLogger, now, onChanged, toolServers, profile } = options;
  const demo = openShop(workspace, now());
  // The id is in it, so that two systems at one address may have two secrets.
  const placeOf = ({ id, baseUrl }: BusinessSystem): string => `${baseUrl}#business-${id}`;
  const service = createBusinessService({
    systems: keys ? readBusinessSystems(workspace.businessSystems) : [],
    save: (systems) => saveBusinessSystems(workspace.businessSystems, systems),
    secrets: {
      canStore: () => keys?.canStore() ?? false,
      read: (system) => keys?.read(placeOf(system)) ?? null,
      placeOf: (system) => keys?.placeOf(placeOf(system)) ?? 'none',
      keep: (system, secret) => keys?.keep(placeOf(system), secret),
      forget: (system) => keys?.forget(placeOf(system)),
    },
    connect: createConnectSystem({ fetch, now, toolServers }),
    context: () => ({ profile: profile(), now }),
    demo: demo && { name: DEMO_SHOP, backend: demo.backend, changes: demo.changes },
    onChanged,
    log: createLogger('business'),
  });
  return {
    service,
    async close() {
      await service.close();
      demo?.close();
    },
  };
}

/** Only the demo team has orders of its own; a team of one's own gets its look-ups from its business systems. */
function openShop(workspace: WorkspacePaths, now: Date): DemoShop | null {
  const seedFile = path.join(workspace.teamDir, DEMO_ORDERS_FILE);
  return fs.existsSync(seedFile) ? openDemoShop({ file: workspace.shopDatabase, seedFile, now }) : null;
}
