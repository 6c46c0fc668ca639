import { z } from 'zod';

import type { Fact } from '../../../../shared/domain/tool-call.js';
import type { Printable } from '../printable.js';
import { isParcelEvent, isPlaceName, typedFact } from '../record-words.js';
import type { ShopBackend, ShopOrder, ShopScan, ShopShipment } from '../shop-backend.js';
import type { ToolDefinition } from '../tool.js';
import { itemsFact } from './items-fact.js';
import { findOwnOrder } from './own-order.js';

const Input = z.object({ orderId: z.string().min(1).max(64) });

/** Follows the parcels of one order: carrier, number, last scan, expected or actual day. Reads only, own orders only. */
export function createTrackShipment(
  shop: ShopBackend,
  print: Printable,
  products: readonly string[],
): ToolDefinition<typeof Input> {
  return {
    name: 'track_shipment',
    title: 'Track shipment',
    description:
      'Carrier, tracking number, last scan and delivery day of the parcels of one order of this customer.',
    risk: 'read',
    input: Input,
    async run({ input, customer, signal }) {
      const found = await findOwnOrder(shop, input.orderId, customer, signal);
      if ('outcome' in found) return found.outcome;
      const facts = shipmentFacts(found.order, print, products);
      if (facts.length > 0) return { status: 'succeeded', facts };
      return { status: 'not_found', detail: `Order ${input.orderId} has no parcel on its way yet.` };
    },
  };
}

/** A parcel counts once the carrier has it: before the first scan there is nothing to track. */
function shipmentFacts(
  { shipments, deliveredAt }: ShopOrder,
  print: Printable,
  products: readonly string[],
): Fact[] {
  const parcels = shipments.filter((shipment) => shipment.trackingNumber !== null);
  const [first, second] = parcels;
  if (!first) return [];
  return [
    ...parcelFacts('shipment', '', first, deliveredAt, print),
    ...(second
      ? [
          { key: 'shipment.parcels', label: 'Parcels', value: `${String(parcels.length)} parcels` },
          itemsFact(
            'shipment2.items',
            'In the second parcel',
            second.itemNames.map((name) => ({ name, quantity: 1 })),
            products,
          ),
          ...parcelFacts('shipment2', ' (second parcel)', second, deliveredAt, print),
        ]
      : []),
  ];
}

function parcelFacts(
  prefix: string,
  suffix: string,
  { carrier, trackingNumber, estimatedAt, scans }: ShopShipment,
  deliveredAt: Date | null,
  print: Printable,
): Fact[] {
  const last = scans.at(-1);
  const fact = (name: string, label: string, value: string | null | undefined): Fact[] =>
    value ? [{ key: `${prefix}.${name}`, label: label + suffix, value }] : [];
  return [
    ...fact('carrier', 'Carrier', carrier),
    ...fact('trackingNumber', 'Tracking number', trackingNumber),
    ...(last ? [scanFact(`${prefix}.lastScan`, `Last scan${suffix}`, last, print)] : []),
    ...fact('daysSinceScan', 'Since the last scan', last && days(print.daysSince(last.at))),
    ...(deliveredAt
      ? fact('deliveredOn', 'Delivered on', print.day(deliveredAt))
      : fact(
          estimatedAt && print.daysSince(estimatedAt) > 0 ? 'wasExpectedOn' : 'estimatedDelivery',
          'Estimated delivery',
          estimatedAt && print.day(estimatedAt),
        )),
  ];
}

function scanFact(key: string, label: string, { text, location, at }: ShopScan, print: Printable): Fact {
  const day = print.day(at);
  // Not every system says where a parcel was seen.
  const isKnown = (location === '' || isPlaceName(location)) && isParcelEvent(text, [location]);
  return typedFact(
    key,
    label,
    [text, location, day].filter((part) => part !== '').join(', '),
    `on ${day}`,
    isKnown,
  );
}

const days = (count: number): string => (count === 1 ? '1 day' : `${String(count)} days`);
