import type { Entity } from '../../../../shared/domain/intent.js';
import type { TeamProfile } from '../../../../shared/domain/team.js';
import { overlaps, type Span, type TurnPart } from '../text-spans.js';
import { createAmountFinder } from './amounts.js';
import { createPhoneFinder, findEmails } from './contact-details.js';
import { findCountries } from './countries.js';
import { findDates } from './dates.js';
import type { FoundEntity } from './found-entity.js';
import { createProductFinder } from './products.js';
import { createTeamIdFinder } from './team-ids.js';

/** A piece of a message and when the message was sent, which dates are relative to. */
export interface EntitySource extends TurnPart {
  readonly sentAt: Date;
}

const MAX_ENTITIES = 40;

/**
 * Finds what is concrete in a customer's words: the team's numbers, contact details, amounts, dates, products, countries.
 * Places are exact in the message as it came. Where two kinds claim the same characters the first of that list keeps them.
 */
export function createEntityFinder(profile: TeamProfile): (parts: readonly EntitySource[]) => Entity[] {
  const finders = [
    createTeamIdFinder(profile.patterns),
    findEmails,
    createProductFinder(profile.products),
    createAmountFinder(profile.currency),
    createPhoneFinder(profile.timezone),
    findCountries,
  ];
  return (parts) =>
    parts
      .flatMap(({ messageId, offset, text, sentAt }) => {
        const taken: Span[] = [];
        const found: FoundEntity[] = [];
        const dates = (): FoundEntity[] => findDates(text, sentAt, profile.timezone);
        for (const find of [...finders, dates]) {
          for (const entity of find(text)) {
            if (overlaps(entity, taken)) continue;
            taken.push(entity);
            found.push(entity);
          }
        }
        return found
          .sort((a, b) => a.start - b.start)
          .map(({ kind, value, start, end }): Entity => {
            return {
              kind,
              value,
              text: text.slice(start, end),
              messageId,
              start: offset + start,
              end: offset + end,
            };
          });
      })
      .slice(0, MAX_ENTITIES);
}
