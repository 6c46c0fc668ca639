import { DIALLED, NORTH_AMERICAN } from './contact-patterns.js';
import { finderOf, finderOfGroup, type Finder } from './found.js';

const DATE =
  /^(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:\d{4}|\d{2})|\d{4}[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01]))(?![./-]?\d)/u;
/** Fewer digits are no phone number anywhere, more are none by ITU E.164. */
const [FEWEST, MOST] = [8, 15];
const digits = (text: string): number => text.replace(/\D/gu, '').length;
const isPhone = (written: string): boolean =>
  !DATE.test(written) && digits(written) >= FEWEST && digits(written) <= MOST;

/** Spain, Poland, Portugal, Norway, Denmark: national numbers without a zero, grouped as they are said. */
const GROUPED =
  /(?<![\p{L}\d.,#+/-])(?:[5-9]\d{2}([ .-])\d{3}\1\d{3}|[6-9]\d{2}([ .])\d{2}\2\d{2}\2\d{2}|9\d([ .])\d{3}\3\d{2}\3\d{2}|3\d{2} \d{3} ?\d{3,4}|[2-9]\d \d{2} \d{2} \d{2})(?![\p{L}\d]|[.,]\d|[ \u00a0]?[\u20ac$\u00a3%])/gu;
const LABELLED =
  /(?<![\p{L}\d])(?:tel|t\u00e9l|phone|telephone|mobile|mob|cell|cellphone|call(?: me)?(?: on| at)?|ring(?: \p{L}+)? on|text me(?: on| at)?|reach(?: me)?(?: on| at)?|number|handy|mobil|telefon|telefonnummer|handynummer|rufnummer|nummer|anrufen unter|unter|portable|num\u00e9ro|t\u00e9l\u00e9phone|appelez(?:-moi)?(?: au)?|joindre au|m\u00f3vil|movil|tel\u00e9fono|telefono|n\u00famero|ll\u00e1men?me al|ll\u00e1mame al|cellulare|cell|numero|chiam\w+ al|gsm|telefoonnummer|mobiel|bel(?: me)?(?: op)?|bereiken op|whatsapp|fax|tel\.? ?nr|phone number|number is|mi n\u00famero es|nummer is|meine nummer)(?:\.|:|,| is| ist| est| es| \u00e8| on| at| nr\.?| no\.?)*[ \u00a0]*[:.]?[ \u00a0]*([+(]?\d[\d \u00a0()./-]{5,20}\d)(?![\p{L}\d])/giu;

/** Phone numbers by their form: with a country, with a zero, as in North America, in groups, or behind a word for a telephone. */
export const phoneFinders: readonly Finder[] = [
  finderOf('phone', DIALLED, isPhone),
  finderOf('phone', NORTH_AMERICAN),
  finderOf('phone', GROUPED),
  finderOfGroup(
    'phone',
    LABELLED,
    (written) => !DATE.test(written) && digits(written) >= 7 && digits(written) <= MOST,
  ),
];
