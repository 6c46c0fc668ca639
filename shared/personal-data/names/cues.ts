/** How a name is introduced. `strong`: whatever is capitalised behind it is one. `weak`: it must also look like one. */
interface Cue {
  readonly pattern: RegExp;
  readonly isStrong: boolean;
}

/** A source that starts at a word; the name begins where it ends. */
const cue = (source: string, isStrong: boolean): Cue => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?=[\\p{L}])`, 'giu'),
  isStrong,
});

/** Bounded, so that a text of spaces takes no longer than its length. */
const S = String.raw`[ \u00a0]{1,3}`;
const OPT = String.raw`[ \u00a0]{0,3}`;
const list = (words: string): string =>
  words
    .trim()
    .split(/\s*\|\s*/u)
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/\s+/gu, S))
    .join('|');

const INTRODUCTIONS =
  list(`my name is|my name's|my name was|name is|i am called|they call me|mijn naam is|ik heet|mein name ist|mein name lautet|ich hei\u00dfe|ich
  heisse|je m['\u2019]appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome \u00e8|o meu nome \u00e9|chamo-me|moi,? c['\u2019]est`);
const WHO =
  list(`i am|i'm|i\u2019m|im|this is|it is|it's|its|it\u2019s|here is|ich bin|bin|hier ist|hier spricht|hier schreibt|am apparat ist|je suis|ici|c['\u2019]est|c['\u2019]est
  encore|soy|le habla|habla|le escribe|sono|qui|parla|ik ben|met|u spreekt met|je spreekt met|hier|this was|name`);
const KIN =
  list(`husband|wife|son|daughter|mother|father|mom|mum|dad|brother|sister|partner|fianc\u00e9|fianc\u00e9e|girlfriend|boyfriend|friend|colleague|co-worker|coworker|
  neighbour|neighbor|flatmate|roommate|boss|manager|assistant|cousin|uncle|aunt|grandmother|grandfather|grandma|grandpa|nephew|niece|tenant|landlord|mann|frau|sohn|tochter|mutter|vater|
  bruder|schwester|partnerin|freund|freundin|kollege|kollegin|nachbar|nachbarin|chef|chefin|mitarbeiter|mitarbeiterin|oma|opa|tante|onkel|schwager|schw\u00e4gerin|
  mari|femme|fils|fille|m\u00e8re|p\u00e8re|fr\u00e8re|s\u0153ur|soeur|ami|amie|coll\u00e8gue|voisin|voisine|conjoint|conjointe|compagnon|compagne|copain|copine|collaborateur|
  collaboratrice|cousine|marido|mujer|esposo|esposa|hijo|hija|madre|padre|hermano|hermana|novio|novia|amigo|amiga|compa\u00f1ero|compa\u00f1era|vecino|vecina|jefe|jefa|pareja|
  primo|prima|abuela|abuelo|marito|moglie|figlio|figlia|fratello|sorella|fidanzato|fidanzata|amico|amica|collega|vicino|vicina|capo|
  man|vrouw|zoon|dochter|moeder|vader|broer|zus|vriend|vriendin|buurman|buurvrouw|baas|medewerker|medewerkster|nicht|neef|client|customer|agent|representative|rep|
  employee|technician|driver|courier|advisor|adviser|consultant|account manager|operator`);
const TALKED =
  list(`spoke to|spoke with|speak to|speak with|speaking to|speaking with|talked to|talked with|talking to|talking with|chatted with|chatting with|
  dealt with|conversation with|call with|email from|e-mail from|message from|letter from|answer from|reply from|told by|helped by|served by|signed by|
  written by|on behalf of|in the name of|under the name|under the name of|registered to|registered under|addressed to|made out to|belongs to|attn|attention|attention of|
  c/o|care of|contact person|regards to|laut|thanks to|ask for|named|called|by the name of|tell|ask|gesprochen mit|telefoniert mit|geredet mit|antwort von|mail von|nachricht
  von|auf den namen|im namen von|zu h\u00e4nden|z\\.hd\\.|z\\. hd\\.|z\\.h\\.|zhd|namens|richten sie|sagen sie|\u00e0 l['\u2019]attention de|au nom de|de la part de|parl\u00e9 \u00e0|parl\u00e9 avec|mail de|message
  de|nomm\u00e9|nomm\u00e9e|dites \u00e0|a nombre de|en nombre de|a la atenci\u00f3n de|habl\u00e9 con|hablado con|correo de|mensaje de|llamado|llamada|d\u00edganle a|d\u00edgale a|de parte de|
  a nome di|all['\u2019]attenzione di|parlato con|mail di|messaggio da|di nome|op naam van|ten name van|t\\.n\\.v\\.|ter attentie van|t\\.a\\.v\\.|tav|gesproken met|gebeld met|mail
  van|bericht van|genaamd|namens|zeg tegen|van de heer`);
const TITLES =
  list(`mr\\.?|mrs\\.?|ms\\.?|miss|mx\\.?|dr\\.?|prof\\.?|sir|herrn?|frau|fr\\.|hr\\.|mevrouw|mevr\\.?|mw\\.?|meneer|dhr\\.?|de heer|monsieur|m\\.|madame|mme\\.?|mademoiselle|mlle\\.?|
  se\u00f1ora?|se\u00f1orita|sr\\.|sra\\.|srta\\.|don|do\u00f1a|signora?|signorina|sig\\.|sig\\.ra|dott\\.?|dott\\.ssa|senhora?|doctor|professor`);
const GREETINGS =
  list(`hi|hello|hey|dear|good morning|good afternoon|good evening|hallo|beste|geachte|goedemorgen|goedemiddag|goedenavond|guten tag|guten morgen|guten
  abend|liebe|lieber|sehr geehrte|sehr geehrter|bonjour|bonsoir|salut|coucou|cher|ch\u00e8re|hola|buenos d\u00edas|buenas tardes|estimado|estimada|querido|querida|ciao|buongiorno|buonasera|
  gentile|egregio|caro|cara|ol\u00e1|bom dia|boa tarde|hej|hei|hoi|dag|moin|servus|gr\u00fc\u00df gott|hi again|hello again`);
const CLOSINGS =
  list(`thanks|thank you|thank you so much|many thanks|thanks again|thanks a lot|thx|regards|kind regards|best regards|warm regards|with kind regards|best|best wishes|all the best|
  cheers|sincerely|yours sincerely|yours faithfully|yours truly|yours|love|xx|groet|groeten|groetjes|vriendelijke groet|met vriendelijke groet|met vriendelijke groeten|hartelijke groet|
  hoogachtend|mvg|bedankt|dank je|dank u|dank je wel|dank u wel|alvast bedankt|mit freundlichen gr\u00fc\u00dfen|mit freundlichem gru\u00df|freundliche gr\u00fc\u00dfe|viele gr\u00fc\u00dfe|liebe gr\u00fc\u00dfe|beste gr\u00fc\u00dfe|
  herzliche gr\u00fc\u00dfe|mit besten gr\u00fc\u00dfen|gru\u00df|gr\u00fc\u00dfe|hochachtungsvoll|mfg|lg|vg|danke|vielen dank|besten dank|danke sch\u00f6n|cordialement|bien cordialement|bien \u00e0 vous|bien \u00e0 toi|sinc\u00e8res
  salutations|salutations|salutations distingu\u00e9es|merci|merci beaucoup|merci d['\u2019]avance|bonne journ\u00e9e|amicalement|saludos|un saludo|un cordial saludo|saludos cordiales|
  atentamente|muy atentamente|un abrazo|gracias|muchas gracias|mil gracias|cordiali saluti|distinti saluti|saluti|un saluto|grazie|grazie mille|obrigado|obrigada|cumprimentos|
  atenciosamente|hilsen|med vennlig hilsen|mvh|h\u00e4lsningar|terveisin|gruss|mit freundlichen gruessen`);
const LABELS =
  list(`name|full name|first name|last name|surname|customer|customer name|recipient|ship to|bill to|deliver to|contact|contact person|cardholder|account holder|
  holder|from|to|sender|attn|attention|signed|name on card|kunde|kundin|kundenname|empf\u00e4nger|empf\u00e4ngerin|ansprechpartner|ansprechpartnerin|kontoinhaber|kontoinhaberin|absender|
  vorname|nachname|von|an|nom|pr\u00e9nom|nom complet|client|cliente|destinataire|titulaire|exp\u00e9diteur|nombre|nombre completo|apellidos|destinatario|titular|remitente|
  persona de contacto|nome|cognome|nome e cognome|intestatario|mittente|naam|voornaam|achternaam|klant|ontvanger|rekeninghouder|afzender|contactpersoon|volledige naam|
  account holder name|kontakt|contacto|contatto`);

/** Where a name may begin, by the words before it. */
export const cues: readonly Cue[] = [
  cue(`(?:${INTRODUCTIONS})(?:,|:)?${S}`, true),
  cue(`(?:${TITLES})${S}`, true),
  cue(`(?:${GREETINGS})(?:${S}|,${OPT})`, true),
  cue(
    `(?:^|(?<=[\\n.!?;:,)\u2026-]${OPT}))(?:${CLOSINGS})(?:${S}|${OPT}[,.!:;-]{1,3}\\s{0,4}|${OPT}\\n\\s{0,4})`,
    true,
  ),
  cue(`(?:${LABELS})${OPT}:${OPT}\\n?${OPT}`, true),
  cue(`(?:${WHO})${S}`, false),
  cue(`(?:${KIN})(?:,${S}|${S}(?:ist |is |est |es |\u00e8 )?)`, true),
  cue(`(?:${TALKED})(?::|,)?${S}`, false),
  cue(
    `(?:account holder|cardholder|kontoinhaberi?n?|titulaire|titular|intestatario|rekeninghouder|recipient|empf\u00e4nger|destinataire|destinatario|ontvanger)${S}`,
    true,
  ),
];
