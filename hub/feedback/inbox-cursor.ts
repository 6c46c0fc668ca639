import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

/** Where something lies in the inbox: by time, then by the device's own order, then by id. It never moves. */
export interface InboxPlace {
  /** ISO time. */
  readonly decidedAt: string;
  readonly sequence: number;
  readonly id: string;
}

const Place = z.tuple([z.iso.datetime(), z.coerce.number().int().positive(), z.uuid()]);

export const cursorOf = ({ decidedAt, sequence, id }: InboxPlace): string =>
  [decidedAt, sequence, id].join('_');

/** @throws AppErrorException HUB_INVALID_REQUEST for what {@link cursorOf} did not make. */
export function placeOf(cursor: string): InboxPlace {
  const { data } = Place.safeParse(cursor.split('_'));
  if (!data) throw new AppErrorException('HUB_INVALID_REQUEST', 'before: not a cursor of the inbox');
  const [decidedAt, sequence, id] = data;
  return { decidedAt, sequence, id };
}
