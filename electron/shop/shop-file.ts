import fs from 'node:fs';
import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

const Scan = z.object({ daysAgo: z.number(), text: z.string(), location: z.string() });

const Shipping = z.object({
  method: z.enum(['standard', 'express', 'bulky', 'international', 'email']),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  estimatedInDays: z.number().nullable(),
  scans: z.array(Scan),
});

const Order = z.object({
  id: z.string(),
  customerId: z.string(),
  status: z.string(),
  placedDaysAgo: z.number(),
  items: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int(), price: z.number() })),
  total: z.number(),
  paymentMethod: z.string(),
  shipping: Shipping,
  secondShipment: Shipping.omit({ method: true })
    .extend({ items: z.array(z.string()) })
    .optional(),
  deliveredDaysAgo: z.number().optional(),
  returnId: z.string().optional(),
  refund: z
    .object({ amount: z.number(), method: z.string(), status: z.string(), daysAgo: z.number() })
    .optional(),
});
export type ShopFileOrder = z.infer<typeof Order>;

/** `resources/demo/shop.json`: customers, orders and subscriptions, with times counted in days from the moment of seeding. */
export const ShopFile = z.object({
  customers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      membership: z.string(),
      country: z.string(),
    }),
  ),
  orders: z.array(Order),
  subscriptions: z.array(
    z.object({
      id: z.string(),
      customerId: z.string(),
      plan: z.string(),
      everyWeeks: z.int(),
      status: z.string(),
      nextBillingInDays: z.number().nullable(),
    }),
  ),
});
export type ShopFile = z.infer<typeof ShopFile>;

/** @throws AppErrorException WORKSPACE_INVALID_TEAM naming the file and what is wrong in it. */
export function readShopFile(file: string): ShopFile {
  try {
    return ShopFile.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new AppErrorException('WORKSPACE_INVALID_TEAM', `${file}: ${reason}`, { cause: error });
  }
}
