/*
 * English sentences in which a person stands, for names no list has. More of them than in other languages, where a verb or an article beside
 * the name tells less. As in `telling`: the first group begins a name, a second one is what stands behind it.
 */
const NAME = String.raw`(\p{Lu}(?:[\p{L}\p{M}'\u2019-]*[\p{L}\p{M}]))`;
/** Words of the same name behind the first. */
const MORE = String.raw`(?:[ \u00a0]\p{Lu}[\p{L}\p{M}'\u2019-]+){0,2}`;
const B = String.raw`(?<![\p{L}\p{N}])`;
const E = String.raw`(?![\p{L}])`;
/** Where a sentence or a part of it begins. */
const BEGIN = String.raw`(?:^|[.,;!?:\n)][ \u00a0\n]{0,2}|${B}(?:and|but|that|because|when|if|since|as|where) )`;

const KIN =
  'husband|wife|son|daughter|mother|father|mom|mum|dad|brother|sister|partner|friend|colleague|neighbou?r|flatmate|roommate|boss|manager|assistant|cousin|uncle|aunt|nephew|niece|boyfriend|girlfriend|landlord|tenant|grandson|granddaughter|kid|child';
/** What only a person does, mostly; with `not` and `never` between. */
const DID =
  '(?:signed|said|says|told|promised|wrote|asked|called|rang|phoned|answered|replied|explained|insisted|offered|helped|apologi[sz]ed|refused|agreed|ordered|bought|sat|lives|works|picked (?:it|them|the)|took (?:it|them|the|my|care)|collected|accepted|forgot|knows|remembers)';
const DOES =
  '(?:call|ring|phone|email|write|reply|sign|pick|collect|come|know|need|confirm|take|accept|get (?:his|her|their|back|in)|still work(?:ing)?|still there|around|available|working|the (?:right|one)|your|allowed|have)';

export const tellingEnglish: readonly RegExp[] = [
  // Thandiwe signed for it; Ngaire from your returns desk
  `${BEGIN}${NAME}(${MORE} (?:never |also |already |then |kindly |just |has |had |not )?${DID})${E}`,
  `${BEGIN}${NAME}(${MORE} (?:from|in|at) (?:your|customer|the (?:shop|store|office|front|chat|support|returns?|service|help|sales|billing|accounts?))(?! \\p{Lu}))`,
  `${BEGIN}${NAME}(${MORE} from (?:support|sales|billing|accounts|returns|reception|head office))${E}`,
  `${BEGIN}${NAME}(${MORE} is (?:my|our|his|her) (?:[\\p{Ll}-]+ )?(?:${KIN}|name))${E}`,
  `${BEGIN}${NAME}(${MORE} and (?:I|his|her|their|my (?:${KIN})))${E}`,
  `${BEGIN}${NAME}(, \\p{Lu}[\\p{L}'\u2019-]+ and I)${E}`,
  `${B}, ${NAME}( and I)${E}`,
  // the agent, Gethin, who was rude
  `${B}\\p{Ll}+ ${NAME}(${MORE}, (?:who(?: (?:is|was|said|told|does|did|has|had|handles|ordered|lives|works|promised|knows))?|he|she|his|her|whom))${E}`,
  `${B}(?:[Bb]oth) ${NAME}( and \\p{Lu})`,
  `${B}[Bb]oth \\p{Lu}[\\p{L}'\u2019-]+ and ${NAME}( (?:got|have|had|said|want|were|are|ordered|need))${E}`,
  `${B}(?:me|him|her|us) and ${NAME}`,
  // placed by Ifeoma, left with Pemberton
  `${B}(?:placed|accepted|signed|signed for|collected|picked up|ordered|served|helped|written|bought|opened|answered|cancelled|recommended|requested|approved|taken in) by ${NAME}`,
  `${B}(?:left|leave it|leave them|leave the (?:parcel|package|box)|handed|dealt|deal|deal only|back and forth|arguing|in touch|a call|an appointment|lives?|living) with ${NAME}`,
  `${B}(?:back and forth|dealt|spoke|chatted) with \\p{Lu}[\\p{L}'\u2019-]+ and ${NAME}`,
  `${B}(?:complaint about|complain about|wait for|waiting for|handed to|given to|gave it to|belongs to|delivered to|reply to|present for|gift for|gift from|present from|surprise for|card from|card for|the (?:one|parcel|package|present) for|executor (?:of|for)|writing for|remember me,) ${NAME}`,
  // Ask Priyanka; Could Nkechi call me back?
  `${B}(?:[Aa]sk|[Tt]ell|[Ll]et|[Cc]ontact|[Ii]nform|[Rr]emind) ${NAME}(${MORE} (?:to|that|know|if|about|for|at|in|from|whether|I|he|she))${E}`,
  `${B}(?:[Cc]ould|[Cc]an|[Ww]ould|[Ww]ill|[Dd]oes|[Dd]id|[Ii]s|[Hh]as|[Ss]hould) ${NAME}(${MORE} (?:please |also |really |not )?${DOES})${E}`,
  // a man called Iolo, someone named O'Shaughnessy
  `${B}(?:[Mm]an|[Ww]oman|lady|gentleman|guy|girl|boy|agent|colleague|[Ss]omeone|[Ss]omebody|person|rep|representative|employee|driver|technician|${KIN}|[Ss]he is|[Hh]e is|is|am|was) (?:called|named|nicknamed) ${NAME}`,
  `${B}(?:${KIN}|[Nn]eighbou?r|[Hh]usband|[Ww]ife)s?(?: \\(|: |, the )${NAME}`,
  `${B}(?:technician|driver|courier|agent|advisor|rep|postman|fitter|engineer|customer|recipient)(?: \\(|: )${NAME}`,
  // under Vanterpool, the name should be Oyelaran, spelled Catharine
  `${B}(?:account|order|booking|reservation|parcel|it|is|registered|listed|filed) under ${NAME}(?=[ \u00a0]?[,.;!?)\\n]|$| (?:not|instead|and))`,
  `${B}(?:name|surname|last name|names)(?: on (?:it|the \\p{Ll}+))?(?:,? (?:should be|should read|is now|was|to|from))? ${NAME}`,
  `${B}(?:have|has|had|put|got) me (?:down )?as ${NAME}`,
  `${B}(?:spelled|spelt|signed as|known as|goes by|addressed as) ${NAME}`,
  `${B}(?:change|changed|update|correct) ${NAME}( to \\p{Lu})`,
  `${B}(?:got married|married|maiden name|surname|divorced)[^.!?\\n]{0,40}? to ${NAME}`,
  // this is Rhiannon, I wrote; thanks for earlier, Ewan.
  `${B}(?:[Tt]his is|[Ii]t is|[Ii]t['\u2019]s|[Ii] am|[Ii]['\u2019]m) ${NAME}(${MORE}(?:,? (?:here|again|speaking|writing|from)|[,.] (?:I |we |my |and |order |again|just ))[^\\n]?)`,
  `${B}(?:[Tt]hanks?|[Tt]hank you|[Cc]heers|[Ss]orry|[Pp]lease|[Oo]k|[Oo]kay|[Hh]elp|[Aa]gain)[^.!?\\n]{0,40}, ${NAME}(?=[.!]?(?:\\s*$|\\n))`,
  // Tamsin's account
  `${B}${NAME}(['\u2019]s (?:account|order|name|card|address|parcel|package|number|phone|email|e-mail|flat|house|place|birthday|wedding|husband|wife|mother|father|partner|signature|refund|chair|invoice))${E}`,
].map((source) => new RegExp(source, 'gu'));

const NOBODY = new Set(
  `nobody somebody anybody everybody someone anyone everyone noone none whoever nothing something anything everything neither either both each another
  today tomorrow yesterday tonight now then there here also still already again only just even maybe perhaps hopefully unfortunately sadly luckily actually
  finally obviously apparently clearly first second third last next later earlier since until after before because although though however therefore
  me us them him her it myself you your
  tracking shipping delivery packing packaging customs returns support billing sales accounts reception warranty damage driver courier postman neighbour
  neighbor carrier receipt invoice payment checkout basket website app chat bot system status label note sticker box parcel letter text message
  pending processing shipped delivered cancelled refunded returned confirmed paid unpaid open closed active expired
  small medium large extra single double twin king queen standard express premium basic economy priority regular
  red green blue black white grey gray brown yellow orange pink purple beige navy colour color cream ivory walnut oak pine`.split(
    /\s+/u,
  ),
);

/** A capitalised word of everyday English, which stands where a person could and is none. */
export const isNobody = (word: string): boolean => NOBODY.has(word.toLowerCase());
