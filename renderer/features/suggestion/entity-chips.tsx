import {
  Calendar,
  CircleAlert,
  Coins,
  Globe,
  Mail,
  MapPin,
  Package,
  Phone,
  Tag,
  Truck,
  Undo2,
  type LucideIcon,
} from 'lucide-react';

import type { Entity } from '../../../shared/domain/intent.js';
import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';

const icons: Record<Entity['kind'], LucideIcon> = {
  order_id: Package,
  return_id: Undo2,
  tracking_number: Truck,
  error_code: CircleAlert,
  email: Mail,
  phone: Phone,
  amount: Coins,
  date: Calendar,
  product: Tag,
  country: Globe,
  address: MapPin,
};

/** What was found in the customer's words, each thing once. */
export function EntityChips({ entities }: { readonly entities: readonly Entity[] }) {
  const once = new Map(entities.map((entity) => [`${entity.kind} ${entity.value}`, entity]));
  if (once.size === 0) return null;
  return (
    <ul className="entities" aria-label={strings.card.entities}>
      {[...once].map(([key, { kind, value, text }]) => {
        const Icon = icons[kind];
        return (
          <li key={key}>
            <Chip icon={<Icon aria-hidden />} prefix={strings.card.entity[kind]} title={text}>
              {value}
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}
