import type { Fact } from '../../../shared/domain/tool-call.js';

/** Words carriers describe a parcel's way with; none that a promise of money could be made of. */
const PARCEL = wordSet(
  `a after against an and appointment are as at been being by for from has have in into is it its no nobody not of off on or out the their to until was were
  will with accepted access addressed addressee address advised again agent airport announced area arrange arranged arrival arrive arrived arriving
  assigned attempt attempted awaiting bad board border box branch building bulk bulky by carrier cancelled card carried centre center checked clearance
  cleared closed collect collected collection commenced complete completed confirmed consignee consignment correct counter country courier created
  crossed customer customs damaged data day days delay delayed deliver delivered delivery departed departure depot despatched destination details
  dispatched distribution documents door drop dropoff driver due duties duty early electronic email en entered evening exception expected export
  express facility failed final first flight forwarded front gate handed hand handling held hold holding holiday home house hub import in
  incomplete incorrect information informed inspection instruction international journey label last late leaving left letterbox line loaded local
  locker logistics lost mail mailbox mailroom main missed missing moved national neighbor neighbour network new next night no nobody notice notified
  notification office on onto origin other outbound inbound over parcel parcels partner parked partially partly pending pick picked pickup place
  planned point port porter post postal postbox prepared preparing present processed processing proof ready reached reason rear received recipient
  reception recorded redelivery redirected refused regional registered released requested rerouted rescheduled resident return returned returning
  road route routed safe scan scanned scheduled sealed second security sender sending sent service ship shipment shipped shipper shop signature signed site
  sort sorted sorting sortation standard started station status still stop stopped storage store stored street terminal third time to today tomorrow
  tracking traffic train transfer transferred transit transport transported truck tried unable unavailable under underway undeliverable unit unloaded
  unsuccessful updated van vehicle via visit warehouse way weather window yard`,
);
/** Words ways to pay and to deliver are named with. */
const METHOD = wordSet(
  `a and american amex apple at bancontact bank bill bulky by card cash courier credit debit delivery digital economy email evening express gift giropay
  google home ideal in instalments international invoice klarna letter mail mastercard morning next day of on parcel pay paypal pickup point post saturday
  same sepa shipping shop sofort standard store transfer twint visa way with`,
);
const MAX_WORDS = 14;
/** `Den Haag`, `Frankfurt am Main`, `Saint-Denis (FR)`. */
const PLACE = /^\p{Lu}[\p{L}\p{M}'\u2019.-]{1,24}(?:[ ,(]{1,2}[\p{L}\p{M}'\u2019.-]{1,24}\)?){0,3}$/u;

/** A parcel's event in the words carriers use, the names of `places`, and numbers of up to two digits. */
export function isParcelEvent(text: string, places: readonly string[] = []): boolean {
  return isMadeOf(text, PARCEL, places);
}

/** The name of a way to pay or to deliver. */
export function isMethodName(text: string): boolean {
  return isMadeOf(text, METHOD, []);
}

function isMadeOf(text: string, known: ReadonlySet<string>, places: readonly string[]): boolean {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u2019-]*/gu) ?? [];
  const named = new Set(places.flatMap((place) => place.toLowerCase().split(/[^\p{L}\p{M}]+/u)));
  const isPlain = /^[\p{L}\p{M}\p{N} ,.:;()'\u2019/&+-]*$/u.test(text);
  return (
    isPlain &&
    words.length > 0 &&
    words.length <= MAX_WORDS &&
    words.every((word) => {
      const small = word.toLowerCase();
      return (
        /^\d{1,2}$/u.test(small) || named.has(small) || small.split('-').every((part) => known.has(part))
      );
    })
  );
}

/** Shaped like the name of a place, in up to four words, and not shouted. */
export function isPlaceName(text: string): boolean {
  return PLACE.test(text) && !/\p{Lu}{4}/u.test(text);
}

/**
 * A fact whose words somebody typed into a record. Where they are not the `isKnown` kind, `safe` is what models and replies get (nothing of
 * those words) and the rep still sees them: whoever can fill that field could otherwise write into a reply, orders or not.
 */
export function typedFact(key: string, label: string, typed: string, safe: string, isKnown: boolean): Fact {
  return { key, label, ...(isKnown ? { value: typed } : { value: safe, original: typed, isReplaced: true }) };
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
