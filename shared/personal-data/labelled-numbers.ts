import { finderOfGroup, type Finder } from './found.js';

const IS = String.raw`(?: (?:is|was|ist|war|lautet|est|\u00e9tait|es|era|\u00e8|=)| ?[:=#])?[ \u00a0]*#?`;
const NUMBER_WORD = String.raw`(?:number|no\.?|nr\.?|num\.?|nummer|num\u00e9ro|n\u00famero|numero|n\u00b0|n\u00ba|id|#)`;

const behind = (words: string, value: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])(?:${words})${IS}${value}(?![\\p{L}\\d])`, 'giu');

const CODE = String.raw`((?=[A-Z0-9/-]*\d{3})[A-Z0-9](?:[A-Z0-9]|[/-](?=[A-Z0-9])){3,24})`;

const CUSTOMER = behind(
  `(?:customer|client|member|membership|loyalty|account|acct|bank account|policy|contract|user|kunden|kunde|konto|bankkonto|vertrags?|mitglieds?|client|compte|contrat|adh\u00e9rent|cliente|cuenta|contrato|socio|conto|contratto|klant|rekening|contract|lidmaatschaps?)[- ]?${NUMBER_WORD}`,
  CODE,
);
const NUMBER_FIRST = behind(
  `${NUMBER_WORD}(?: de| do| del| di| van)?(?: la)? (?:client|cliente|compte|cuenta|conto|contrat|contrato|contratto|adh\u00e9rent|socio|klant|rekening|membre)`,
  CODE,
);
const SORT_CODE = behind('sort code', String.raw`(\d{2}[- ]?\d{2}[- ]?\d{2})`);
const ROUTING = behind('routing(?: number| no\\.?)?|account|a/c', String.raw`(\d{6,17})`);
const ORDER = behind(
  `(?:order|purchase|bestell|bestellungs?|bestellung|auftrags?|auftrag|vorgangs?|commande|pedido|ordine|bestelling|bestel|tracking|parcel|shipment|sendungs?|sendung|suivi|seguimiento|return|rma|retouren?|invoice|rechnungs?|rechnung|facture|factura|fattura|factuur)(?:[- ]?${NUMBER_WORD})?`,
  String.raw`((?=[A-Z0-9/-]*\d{4})[A-Z0-9](?:[A-Z0-9]|[/-](?=[A-Z0-9])){3,24})`,
);
/** What opens something: it has a digit or a sign in it, so that "my password is wrong" is none. */
const PASSWORD = behind(
  'passwords?|passcode|pass phrase|passwort|kennwort|mot de passe|mdp|contrase\u00f1a|clave|wachtwoord|password',
  String.raw`((?=\S*[\d!@#$%&*_])[^\s,;]{4,64}[^\s,;.!?])`,
);
const PIN = behind(
  '(?:pin|pin code|pincode|cvv2?|cvc2?|security code|sicherheitscode|pr\u00fcfziffer|code de s\u00e9curit\u00e9|c\u00f3digo de seguridad|codice di sicurezza|beveiligingscode|verification code|one-time code|tan)',
  String.raw`(\d{3,8})`,
);

/** Six digits are what is sent to a phone. */
const CODE_BY_PHONE = behind('code|c\u00f3digo|codice', String.raw`(\d{6})`);

/** A number of dates and amounts is none of these. */
const isCode = (written: string): boolean =>
  !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/u.test(written) && !/^(?:19|20)\d{2}$/u.test(written);

/** Numbers and secrets that are told by the words before them. */
export const labelledFinders: readonly Finder[] = [
  finderOfGroup('account', CUSTOMER, isCode),
  finderOfGroup('account', NUMBER_FIRST, isCode),
  finderOfGroup('account', SORT_CODE),
  finderOfGroup('account', ROUTING),
  finderOfGroup('order', ORDER, isCode),
  finderOfGroup('secret', PASSWORD),
  finderOfGroup('secret', PIN),
  finderOfGroup('secret', CODE_BY_PHONE),
];
