import type { Entity } from '../../../../shared/domain/intent.js';
import type { TeamProfile } from '../../../../shared/domain/team.js';
import { overlaps, type Span, type TurnPart } from '../../text/text-spans.js';
import { detectLanguage } from '../language.js';
import { findAddresses } from './addresses.js';
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
 * Finds what is concrete in a customer's words. Places are exact in the message as it came.
 *
 * No character is in two entities. The order decides who keeps it: the team's numbers, email, address, product, amount, phone, date, country;
 * of two of one kind the longer.
 */
export function createEntityFinder(profile: TeamProfile): (parts: readonly EntitySource[]) => Entity[] {
  const finders = [
    createTeamIdFinder(profile.patterns),
    findEmails,
    findAddresses,
    createProductFinder(profile.products),
    createAmountFinder(profile.currency),
    createPhoneFinder(profile.timezone),
  ];
  return (parts) =>
    parts
      .flatMap(({ messageId, offset, text, sentAt }) => {
        const taken: Span[] = [];
        const found: FoundEntity[] = [];
        const language = detectLanguage(text, profile.languages);
        const dates = (): FoundEntity[] => findDates(text, { sentAt, timezone: profile.timezone, language });
        for (const find of [...finders, dates, findCountries]) {
          for (const entity of [...find(text)].sort(byLength)) {
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

function byLength(a: Span, b: Span): number {
  return b.end - b.start - (a.end - a.start);
}
