import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

import { silentLogger } from '../../../shared/lib/logger.js';
import { mayLeave } from '../../privacy/watch-outbound-for-tests.js';
import { openDatabase } from '../../storage/database.js';
import type { ConnectorOptions, HelpdeskConnector } from '../connectors/connector.js';
import {
  startFreshdeskServer,
  RHEA as FRESHDESK_RHEA,
} from '../connectors/freshdesk/freshdesk-server-for-tests.js';
import { createFreshdesk } from '../connectors/freshdesk/freshdesk.js';
import { startHarmfulProxy } from '../connectors/harmful-proxy-for-tests.js';
import { FEMKE, RHEA as HUBSPOT_RHEA } from '../connectors/hubspot/hubspot-data-for-tests.js';
import { startHubSpotServer } from '../connectors/hubspot/hubspot-server-for-tests.js';
import { createHubSpot } from '../connectors/hubspot/hubspot.js';
import { RHEA as ZENDESK_RHEA } from '../connectors/zendesk/ticket-pages-for-tests.js';
import { startZendeskServer } from '../connectors/zendesk/zendesk-server-for-tests.js';
import { createZendesk } from '../connectors/zendesk/zendesk.js';
import { createDeliverOnce } from './deliver-once.js';
import { createDeliveryStore } from './delivery-store.js';
import { deliveryMigrations } from './delivery-tables.js';

// A thread of HubSpot has a path like a model's; what goes there goes back to the helpdesk it came from.
mayLeave('Femke de Vries', FEMKE.email);

interface Desk {
  readonly kind: 'zendesk' | 'freshdesk' | 'hubspot';
  readonly start: () => Promise<{
    readonly url: string;
    opens(text: string): string;
    close(): Promise<void>;
  }>;
  readonly create: (options: ConnectorOptions) => HelpdeskConnector;
  readonly token: string;
}
const desks: readonly Desk[] = [
  { kind: 'zendesk', start: startZendeskServer, create: createZendesk, token: ZENDESK_RHEA.token },
  { kind: 'freshdesk', start: startFreshdeskServer, create: createFreshdesk, token: FRESHDESK_RHEA.token },
  { kind: 'hubspot', start: startHubSpotServer, create: createHubSpot, token: HUBSPOT_RHEA.token },
];
const never = new AbortController().signal;
const TEXT = 'Dear Femke — your parcel\nwaits at the depot:\n\n- open till 6 pm & "free"\n- if weight < 5 kg';

// Catches a text that is not known again once the helpdesk has made HTML of it: then a note whose answer was lost goes out twice.
it.each(desks)(
  'finds again what $kind took without an answer, and what it never took it calls missing',
  async (desk) => {
    const server = await desk.start();
    const proxy = await startHarmfulProxy(server.url);
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-read-back-'));
    const database = openDatabase(path.join(dir, 'deliveries.db'), [
      { scope: 'deliveries', statements: deliveryMigrations },
    ]);
    const store = createDeliveryStore(database, () => new Date());
    const once = createDeliverOnce({ store, log: silentLogger, lookAgainMs: [10, 20] });
    const connector = desk.create({
      connection: {
        ...{ id: 'd-1', kind: desk.kind, name: 'Desk', baseUrl: proxy.url },
        options: { email: 'rhea@example.com' },
      },
      ...{ token: () => desk.token, fetch, timeoutMs: 2_000 },
    });
    const nativeId = server.opens('Where is it?');
    const written = async () =>
      (await connector.messages(nativeId, null, never)).messages.filter(
        ({ author }) => author.role === 'rep',
      );
    for (const mode of ['note', 'reply'] as const) {
      const request = {
        connector,
        conversationId: `d-1:${nativeId}`,
        nativeId,
        mode,
        text: TEXT,
        cursor: null,
      };
      const before = (await written()).length;
      proxy.harm({ kind: 'dropped' }, true);
      await expect(once.deliver(request, never)).rejects.toMatchObject({
        error: { code: 'HELPDESK_WRITE_UNCERTAIN' },
      });
      expect(await written()).toHaveLength(before);
      proxy.harm({ kind: 'lost_answer' }, true);
      const found = await once.deliver(request, never);
      proxy.harm(null);
      const all = await written();
      expect(all).toHaveLength(before + 1);
      expect(found).toMatchObject({
        id: all.at(-1)?.id,
        visibility: mode === 'note' ? 'internal' : 'public',
      });
      expect(store.open()).toEqual([]);
    }
    database.close();
    fs.rmSync(dir, { recursive: true, force: true });
    await proxy.close();
    await server.close();
  },
);
