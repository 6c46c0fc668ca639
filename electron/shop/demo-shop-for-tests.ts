import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { TeamProfile } from '../../shared/domain/team.js';
import { createPrintable, type Printable } from '../agents/tools/printable.js';
import { openDemoShop, type DemoShop } from './demo-shop.js';

export const DEMO_ORDERS = fileURLToPath(new URL('../../resources/demo/shop.json', import.meta.url));
const DEMO_TEAM = fileURLToPath(new URL('../../resources/demo/team.json', import.meta.url));
/** A Friday outside the holiday season's first days, so that dates in expectations stay what they are. */
export const TEST_NOW = new Date('2026-11-20T10:00:00Z');

/** The demo team's orders in a fresh file, dated from {@link TEST_NOW}. */
export function openShopForTests(): DemoShop & {
  readonly print: Printable;
  readonly file: string;
  /** Of the demo team's profile. */
  readonly products: readonly string[];
  readonly profile: TeamProfile;
} {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-shop-'));
  const file = path.join(dir, 'shop.db');
  const shop = openDemoShop({ file, seedFile: DEMO_ORDERS, now: TEST_NOW });
  const print = createPrintable({ currency: 'EUR', timezone: 'Europe/Amsterdam', now: () => TEST_NOW });
  const profile = TeamProfile.parse(JSON.parse(fs.readFileSync(DEMO_TEAM, 'utf8')));
  return {
    ...shop,
    ...{ print, file, profile, products: profile.products },
    close() {
      shop.close();
      fs.rmSync(dir, { recursive: true });
    },
  };
}
