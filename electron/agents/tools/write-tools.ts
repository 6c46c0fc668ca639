import type { TeamProfile } from '../../../shared/domain/team.js';
import { createCancelOrder } from './catalog/cancel-order.js';
import { createChangeAddress } from './catalog/change-address.js';
import type { ChangeDeps } from './catalog/change-tool.js';
import { createChangeSubscription } from './catalog/change-subscription.js';
import { createRefundOrder } from './catalog/refund-order.js';
import { createReturnLabel } from './catalog/create-return-label.js';
import { createPrintable } from './printable.js';
import type { ShopBackend } from './shop-backend.js';
import type { ShopChange, ShopChanges } from './shop-changes.js';
import type { WriteTool } from './write-tool.js';

const catalogue: Readonly<Record<ShopChange['kind'], (deps: ChangeDeps) => WriteTool>> = {
  refund: createRefundOrder,
  cancel_order: createCancelOrder,
  change_address: createChangeAddress,
  return_label: createReturnLabel,
  change_subscription: createChangeSubscription,
};

/** The changes the team's shop can do, as tools. */
export function shopWriteTools(options: {
  readonly shop: ShopBackend;
  readonly changes: ShopChanges;
  readonly profile: TeamProfile;
  readonly now: () => Date;
}): readonly WriteTool[] {
  const { shop, changes, now } = options;
  const { currency, timezone } = options.profile;
  const print = createPrintable({ currency, timezone, now });
  return [...changes.kinds].map((kind) => catalogue[kind]({ shop, changes, print, currency }));
}
