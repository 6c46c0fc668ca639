/** A source in any case; the whole pattern cannot be, since capitals tell names. */
function anyCase(words: string): string {
  return words.replace(/(?<!\\)\p{L}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** A word of a name: capital first, or a small joining word of several languages. */
const NAME = String.raw`(?:\p{Lu}[\p{L}'\u2019.-]{0,24}|\d{1,3}(?:st|nd|rd|th)|(?:van|von|de|der|den|del|della|di|da|do|la|le|les|l'|du|des|am|an|auf|im|zur|zum|ter|ten|of|the)(?=[\s\p{Lu}]))`;
/** Words that begin a sentence or lead to an address, not its street. */
const LEAD = '(?:In|At|To|The|My|On|From|Is|Our|Ship|Send|Deliver|Address|And|Near|It|Naar|An|Nach|Chez)';
const JOINED_NAMES = `${NAME}(?: ${NAME}){0,4}`;
const NAMES = `(?=\\p{Lu})(?!${LEAD} )${JOINED_NAMES}`;
const HOUSE = String.raw`\d{1,5}(?:[ -]?[A-Za-z](?![\p{L}\d]))?(?:[-/ ]\d{1,4}(?!\d))?`;
const GAP = String.raw`[ \t]*[,\n][ \t\n]*|[ \t]+`;
const CITY = String.raw`\p{Lu}[\p{L}'\u2019.-]{1,24}(?:[ -]\p{Lu}[\p{L}'\u2019.-]{1,24}){0,2}`;
/** NL, PL, PT, SE/CZ/SK, then four and five digits (BE, AT, CH, DK, NO; DE, FR, ES, IT, FI). */
const POSTCODE_CITY = String.raw`(?:(?:[A-Z]{1,2}-)?\d{4} ?[A-Z]{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{3} \d{2}|(?:[A-Z]{1,2}-)?\d{5}|(?<=[,\n]\s{0,3})\d{4})`;
const UK_POSTCODE = String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}`;
const US_STATE_ZIP = String.raw`[A-Z]{2}\.?,? \d{5}(?:-\d{4})?`;
const UNIT = `(?:${anyCase('(?:apt|apartment|flat|unit|suite|ste|floor|fl|no)')}\\.? ?[A-Za-z]?\\d{0,4}[A-Za-z]?|#\\d{1,4}[A-Za-z]?)`;
const ENGLISH_STREET =
  '(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|close|way|boulevard|blvd|place|pl|square|sq|terrace|crescent|gardens|grove|hill|row|mews|parkway|pkwy|highway|hwy|circle|cir|quay|wharf|walk)';
/** Words streets begin with in French, Spanish, Italian, Portuguese and Polish. */
const ROMANCE_STREET =
  '(?:rue|avenue|av\\.?|boulevard|bd|place|all\u00e9e|chemin|impasse|quai|route|cours|calle|c/|avenida|avda\\.?|paseo|plaza|carrer|via|viale|corso|piazza|vicolo|rua|travessa|pra\u00e7a|largo|ul\\.|ulica|al\\.|os\\.)';
/** Endings of Dutch, German and Scandinavian streets, which need no postcode to be one. */
const GERMANIC_ENDING =
  '(?:straat|laan|weg|plein|gracht|kade|dijk|singel|steeg|stra\u00dfe|strasse|str\\.|gasse|allee|platz|ufer|ring|damm|vej|gade|all\u00e9|gatan|v\u00e4gen|gata|veien|vegen|katu|tie)';

const AFTER_CITY = `(?:(?:${GAP})(?:${POSTCODE_CITY})(?: ${CITY})?)`;
const AFTER_ENGLISH = `(?:(?:${GAP})${UNIT}(?![\\p{L}\\d]))?(?:,?(?:${GAP})${CITY}(?=,? *\\n?(?:${US_STATE_ZIP}|${UK_POSTCODE}))(?:${GAP})(?:${US_STATE_ZIP}|${UK_POSTCODE})|,?(?:${GAP})${UK_POSTCODE}(?![\\p{L}\\d])|, ${CITY})?`;

const source = (pattern: string, flags = 'gu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, flags);

/** Postal addresses as they are written in a dozen countries; each pattern in a time proportional to the text. */
export const addressPatterns: readonly RegExp[] = [
  // 45 Elm Street, Apt 3B, Springfield, IL 62704 - 221B Baker Street, London NW1 6XE
  source(
    `\\d{1,5}[A-Za-z]? (?:${NAMES} )${anyCase(ENGLISH_STREET)}\\b\\.?(?: (?:NW|NE|SW|SE|[NSEW])\\b)?${AFTER_ENGLISH}`,
  ),
  // 12 rue de la Paix, 75002 Paris
  source(
    `${HOUSE},? ${anyCase('(?:rue|avenue|boulevard|place|all\u00e9e|chemin|impasse|quai|route|cours)')} ${JOINED_NAMES}${AFTER_CITY}?`,
  ),
  // Calle Mayor 5, 28013 Madrid - Via Roma 10, 00184 Roma
  source(`${anyCase(ROMANCE_STREET)} ?${JOINED_NAMES},? ${HOUSE}${AFTER_CITY}?`),
  // Hauptstraße 5, 10115 Berlin - Keizersgracht 12-B, 1015 CJ Amsterdam
  source(
    `(?=\\p{Lu})(?!${LEAD} )(?:${NAME} ){0,3}\\p{Lu}?[\\p{L}'-]{0,30}${GERMANIC_ENDING} ${HOUSE}${AFTER_CITY}?`,
  ),
  // Lange Voorhout 9, 2514 EA Den Haag: any name, when postcode and city follow
  source(`${NAMES} ${HOUSE}(?:${GAP})(?:${POSTCODE_CITY}) ${CITY}`),
];
