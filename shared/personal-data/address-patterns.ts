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
/** Flat, floor or letter box behind a house number, as Spain, Belgium, Austria and Germany write them. */
const WITHIN = String.raw`(?:,? (?:\d{1,2}[\u00ba\u00aa\u00b0] ?(?:[A-Z](?![\p{L}])|izq\.?|izda\.?|dcha\.?)?|(?:bus|bte|bo\u00eete|app?\.?t?\.?|appartement|wohnung|whg\.?|top|stiege|etage|\u00e9tage|piso|planta|puerta|esc\.?|int\.?|scala|interno) ?\d{1,4}[A-Za-z]?(?![\p{L}\d])|\d\. ?OG)){0,2}`;
const GAP = String.raw`[ \t]*[,\n][ \t\n]*|[ \t]+`;
const CITY = String.raw`\p{Lu}[\p{L}'\u2019.-]{1,24}(?:[ -]\p{Lu}[\p{L}'\u2019.-]{1,24}){0,2}`;
/** NL, PL, PT, SE/CZ/SK, then four and five digits (BE, AT, CH, DK, NO; DE, FR, ES, IT, FI). */
const POSTCODE_CITY = String.raw`(?:(?:[A-Z]{1,2}-)?\d{4} ?[A-Z]{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{3} \d{2}|(?:[A-Z]{1,2}-)?\d{5}|(?<=[,\n]\s{0,3})\d{4})`;
const UK_POSTCODE = String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}`;
const US_STATE_ZIP = String.raw`[A-Z]{2}\.?,? \d{5}(?:-\d{4})?`;
const UNIT = `(?:${anyCase('(?:apt|apartment|flat|unit|suite|ste|floor|fl|no)')}\\.? ?[A-Za-z]?\\d{0,4}[A-Za-z]?|#\\d{1,4}[A-Za-z]?)`;
const ENGLISH_STREET =
  '(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|close|view|rise|vale|heights|ridge|trail|loop|alley|cove|meadows?|way|boulevard|blvd|place|pl|square|sq|terrace|crescent|gardens|grove|hill|row|mews|parkway|pkwy|highway|hwy|circle|cir|quay|wharf|walk)';
/** Words streets begin with in French, Spanish, Italian, Portuguese and Polish. */
const ROMANCE_STREET =
  '(?:rue|avenue|av\\.?|boulevard|bd|place|all\u00e9e|chemin|impasse|quai|route|cours|calle|c/|avenida|avda\\.?|paseo|plaza|ronda|traves\u00eda|camino|carretera|glorieta|callej\u00f3n|carrer|avinguda|passeig|pla\u00e7a|r\u00faa|via|viale|corso|piazza|piazzale|vicolo|strada|contrada|lungomare|lungotevere|rua|travessa|pra\u00e7a|largo|ul\\.|ulica|al\\.|os\\.)';
/** Endings of Dutch, German and Scandinavian streets, which need no postcode to be one. */
const GERMANIC_ENDING =
  '(?:straat|laan|weg|plein|gracht|kade|dijk|singel|steeg|stra\u00dfe|strasse|str\\.|gasse|allee|platz|ufer|ring|damm|vej|gade|all\u00e9|gatan|v\u00e4gen|gata|veien|vegen|katu|tie)';

const FRENCH_STREET =
  '(?:rue|avenue|boulevard|place|all\u00e9e|chemin|impasse|quai|route|cours|villa|square|passage|cit\u00e9|r\u00e9sidence|lotissement|esplanade|mont\u00e9e|sentier|faubourg)';
/** Streets that say where they lie. */
const GERMAN_LEAD =
  '(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der|Hinter dem|Beim|Bei der|Vor dem|Vor der)';

const AFTER_CITY = `(?:(?:${GAP})(?:${POSTCODE_CITY})(?: ${CITY})?)`;
const AFTER_ENGLISH = `(?:(?:${GAP})${UNIT}(?![\\p{L}\\d]))?(?:,?(?:${GAP})${CITY}(?=,? *\\n?(?:${US_STATE_ZIP}|${UK_POSTCODE}))(?:${GAP})(?:${US_STATE_ZIP}|${UK_POSTCODE})|,?(?:${GAP})${UK_POSTCODE}(?![\\p{L}\\d])|, ${CITY})?`;

const source = (pattern: string, flags = 'gu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, flags);

/** As they are typed in a hurry: only whole ones, with a postcode, are told without capitals. */
function inSmallLetters(): RegExp[] {
  const words = String.raw`[\p{L}'\u2019.-]{2,24}(?: [\p{L}'\u2019.-]{1,24}){0,3}`;
  const place = String.raw`\p{L}[\p{L}'\u2019-]{1,30}`;
  return [
    `\\d{1,5}[a-z]? ${words} ${ENGLISH_STREET}[, ]{1,2}(?:${words}[, ]{1,2})?(?:${UK_POSTCODE}|[a-z]{2}[, ]{1,2}\\d{5})`,
    `\\d{1,5}(?: ?(?:bis|ter))?,? ${FRENCH_STREET} ${words}[, ]{1,2}\\d{5} ${place}`,
    `${ROMANCE_STREET} ${words}[, ]{1,2}\\d{1,4}[a-z]?[, ]{1,2}\\d{5} ${place}`,
    `[\\p{L}-]{2,30}${GERMANIC_ENDING} \\d{1,4} ?[a-z]?[, ]{1,2}(?:\\d{5}|\\d{4} ?[a-z]{2}) ${place}`,
  ].map((pattern) => source(pattern, 'giu'));
}

/** Postal addresses as they are written in a dozen countries; each pattern in a time proportional to the text. */
export const addressPatterns: readonly RegExp[] = [
  // 45 Elm Street, Apt 3B, Springfield, IL 62704 - 221B Baker Street, London NW1 6XE
  source(
    `(?:${UNIT},? )?\\d{1,5}[A-Za-z]? (?:${NAMES} )${anyCase(ENGLISH_STREET)}\\b\\.?(?: (?:NW|NE|SW|SE|[NSEW])\\b)?${AFTER_ENGLISH}`,
  ),
  // 12 rue de la Paix, 75002 Paris
  source(`${HOUSE}(?: (?:bis|ter|quater))?,? ${anyCase(FRENCH_STREET)} ${JOINED_NAMES}${AFTER_CITY}?`),
  // Calle Mayor 5, 28013 Madrid - Via Roma 10, 00184 Roma
  source(`${anyCase(ROMANCE_STREET)} ?${JOINED_NAMES},? ${HOUSE}${WITHIN}${AFTER_CITY}?`),
  // Hauptstraße 5, 10115 Berlin - Keizersgracht 12-B, 1015 CJ Amsterdam
  source(
    `(?=\\p{Lu})(?!${LEAD} )(?:${NAME} ){0,3}\\p{Lu}?[\\p{L}'-]{0,30}${GERMANIC_ENDING} ${HOUSE}${WITHIN}${AFTER_CITY}?`,
  ),
  // Lange Voorhout 9, 2514 EA Den Haag: any name, when postcode and city follow
  source(`${NAMES} ${HOUSE}${WITHIN}(?:${GAP})(?:${POSTCODE_CITY}) ${CITY}`),
  // An der Alten Mühle 3, 49074 Osnabrück
  source(`${GERMAN_LEAD} ${JOINED_NAMES} ${HOUSE}${WITHIN}(?:${GAP})(?:${POSTCODE_CITY}) ${CITY}`),
  // 4 The Old Mill, Church Lane, Ely CB7 4LF: whatever stands between a number and a postcode
  source(
    `(?:${UNIT},? )?\\d{1,5}[A-Za-z]? ${JOINED_NAMES}(?:,(?: |\\n)${JOINED_NAMES}){0,4},?(?: |\\n)${UK_POSTCODE}`,
  ),
  // The Old Forge, 3 Mill Lane, Hay-on-Wye HR3 5DB
  source(
    `(?:The )?${JOINED_NAMES}, \\d{1,5}[A-Za-z]? ${JOINED_NAMES}(?:,(?: |\\n)${JOINED_NAMES}){0,3},?(?: |\\n)${UK_POSTCODE}`,
  ),
  // Résidence Les Pins, bât. B, 18 avenue de la Mer, 06400 Cannes
  source(
    `(?:${anyCase('(?:résidence|bâtiment|bât\\.|immeuble|appartement|appt?\\.?|lieu-dit|escalier|esc\\.)')} [\\p{L}\\d' -]{1,30}, ){1,3}${HOUSE}(?: (?:bis|ter|quater))?,? ${anyCase(FRENCH_STREET)} ${JOINED_NAMES}${AFTER_CITY}?`,
  ),
  // Straße des 17. Juni 135, 10623 Berlin
  source(
    `(?:Straße|Platz|Allee|Weg) (?:des|der|am|an der|zum|zur) [\\p{L}\\d. -]{2,30} ${HOUSE}${AFTER_CITY}`,
  ),
  ...inSmallLetters(),
  // PO Box 482, Dover, DE 19901 - Postfach 12 34, 50667 Köln
  source(
    `(?:P\\.?O\\.? ?Box|Postfach|Postbus|BP|Boîte postale|Apartado(?: de correos)?|Casella postale) \\d[\\d ]{0,7}\\d?(?:,(?: |\\n)${CITY}(?:,?(?: |\\n)(?:${US_STATE_ZIP}|${UK_POSTCODE}))?|${AFTER_CITY})?`,
  ),
];
