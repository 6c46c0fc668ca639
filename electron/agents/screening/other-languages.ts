import { patternsOf as of } from './patterns-of.js';
import type { InjectionPatterns } from './technique.js';

/** A word's edge where letters may carry accents, which `\b` does not know. */
const L = '(?<![a-z\u00c0-\u024f\u0400-\u04ff\\d])';
const R = '(?![a-z\u00c0-\u024f\u0400-\u04ff\\d])';

const HINTS = {
  override:
    'instru|anweis|regel|r\u00e8gl|vorgab|richtl|vorschrift|prompt|consign|directiv|polit|pol\u00edt|norm|regra|direc|diretr|indica|istruz|direttiv|linee|aanwij|voorschr|beleid|opdracht|modus|mod[eo]|modalit|allez? was|alles|tout|todo|tudo|tutto|polece|zasad|regu|wytycz|\u0438\u043d\u0441\u0442\u0440|\u043f\u0440\u0430\u0432\u0438\u043b|\u0443\u043a\u0430\u0437|\u6307|\u547d|\u89c4|\u63d0|\u30eb',
  prompt_leak:
    'prompt|system|syst|instru|anweis|regel|r\u00e8gl|vorgab|consign|directiv|regra|reglas|diretr|direc|istruz|regol|richtl|bericht|mensa|messag|indica|\u0441\u0438\u0441\u0442|\u7cfb|\u30b7',
  role_play:
    'jetzt|nun|sofort|so,? als|stell|verhalt|spiel|maintenant|d\u00e9sormais|pr\u00e9sent|semblant|comme si|imagin|joue|tant que|ahora|partir|agora|finge|finja|como s[ie]|papel|conta|ora|adesso|finta|fingi|recita|nu|voortaan|alsof|voor dat|gedraag|rol',
  addressed: 'ki|ai|ia|assist|bot|modell?|sprachm|intellig|asistent|taalmodel',
} as const;

/**
 * The same orders in the languages customers of a European shop write, and in a few more that attacks are known to hide in
 * (low-resource translation, Deng et al. 2023, arXiv 2310.06474).
 */
export const otherLanguagePatterns: readonly InjectionPatterns[] = [
  // German
  of(
    'override',
    HINTS.override,
    `${L}(?:ignorier\\w*|missacht\\w*|vergiss|vergessen sie|\u00fcbergeh\\w*|umgeh\\w*|verwirf|\u00fcberschreib\\w*|beachte?n? (?:sie )?nicht)\\s+(?:[^\\s.,;:!?()]+\\s+){0,5}(?:anweisung\\w*|instruktion\\w*|regel\\w*|vorgabe\\w*|richtlinie\\w*|systemprompt\\w*|prompt\\w*|vorschrift\\w*)${R}`,
    `${L}(?:vergiss|vergessen sie|ignorier\\w*) alles,? was ${R}`,
    `${L}(?:admin|entwickler|wartungs|debug)-?modus${R}`,
  ),
  of(
    'prompt_leak',
    HINTS.prompt_leak,
    `${L}system-?(?:prompt|anweisung\\w*|nachricht)${R}`,
    `${L}(?:zeig\\w*|nenn\\w*|gib|geben sie|verrat\\w*|wiederhol\\w*|druck\\w*|schreib\\w*)\\s+(?:[^\\s.,;:!?()]+\\s+){0,4}(?:deine|ihre|geheimen?|internen?|urspr\u00fcnglichen?)\\s+(?:[^\\s.,;:!?()]+\\s+){0,2}(?:anweisung\\w*|instruktion\\w*|regeln|prompt|vorgaben)${R}`,
  ),
  of(
    'role_play',
    HINTS.role_play,
    `${L}(?:du bist|sie sind) (?:jetzt|nun|ab jetzt|ab sofort)\\s+(?:[^\\s.,;:!?()]+\\s+){0,3}(?:ki|assistent\\w*|bot|modus|modell|administrator\\w*|admin|manager\\w*|pirat\\w*|hacker\\w*)${R}`,
    `${L}(?:tu so,? als|tun sie so,? als|stell dir vor,? du (?:bist|w\u00e4rst)|verhalte dich wie|spiel die rolle)${R}`,
  ),
  of(
    'addressed',
    HINTS.addressed,
    `${L}(?:hinweis|nachricht|anweisung|achtung|notiz) (?:an|f\u00fcr) (?:die |den |das |jede |alle )?(?:ki|ai|assistent\\w*|bot|chatbot|sprachmodell\\w*|ki-[^\\s.,;:!?()]+)${R}`,
    `${L}(?:als|wenn du eine?|falls du eine?) (?:ki|ki-assistent\\w*|sprachmodell|ai)${R}`,
  ),
  // French
  of(
    'override',
    HINTS.override,
    `${L}(?:ignore[zr]?|oublie[zr]?|n[\u00e9e]glige[zr]?|contourne[zr]?|outrepasse[zr]?|annule[zr]?|ne (?:suis|suivez|respecte[zr]?) (?:pas|plus))\\s+(?:toutes?\\s+)?(?:les|tes|vos|ces|tous|ses|des|aux|cette|la|toutes|l['\u2019])\\s*(?:[^\\s.,;:!?'\u2019]+[\\s'\u2019]+){0,4}(?:instructions?|r[\u00e8e]gles?|consignes?|directives?|prompts?|politiques?)${R}`,
    `${L}(?:oublie[zr]?|ignore[zr]?) tout ce (?:qui|que)${R}`,
    `${L}mode (?:administrateur|d\u00e9veloppeur|admin|d\u00e9bogage)${R}`,
  ),
  of(
    'prompt_leak',
    HINTS.prompt_leak,
    `${L}(?:prompt|invite|message|instructions?) (?:du )?syst\u00e8me${R}|${L}prompt initial${R}`,
    `${L}(?:affiche[zr]?|montre[zr]?|r\u00e9v\u00e8le[zr]?|r\u00e9v\u00e9lez|donne[zr]?|r\u00e9p\u00e8te[zr]?|r\u00e9p\u00e9tez|imprime[zr]?|\u00e9cri[st]|\u00e9crivez)(?:-moi)?\\s+(?:[^\\s.,;:!?'\u2019]+[\\s'\u2019]+){0,4}(?:tes|vos|instructions? (?:secr\u00e8tes?|internes?|cach\u00e9es?|initiales?))${R}(?=[^.!?\\n]{0,30}(?:instructions?|consignes?|r\u00e8gles|directives|prompt))`,
  ),
  of(
    'role_play',
    HINTS.role_play,
    `${L}(?:tu es|vous \u00eates) (?:maintenant|d\u00e9sormais|\u00e0 pr\u00e9sent)\\s+(?:[^\\s.,;:!?'\u2019]+[\\s'\u2019]+){0,3}(?:ia|assistant\\w*|bot|mode|mod\u00e8le|administrat\\w*|admin|g\u00e9rant\\w*|pirate|hacker)${R}`,
    `${L}(?:fais semblant|faites semblant|fais comme si|faites comme si|imagine[zr]? que (?:tu es|vous \u00eates)|joue[zr]? le r\u00f4le|agis en tant que|agissez en tant que)${R}`,
  ),
  of(
    'addressed',
    HINTS.addressed,
    `${L}(?:note|message|instructions?|consigne|attention|avis) (?:\u00e0 l['\u2019]|pour l['\u2019]|aux? |pour les? |\u00e0 toute? )(?:ia|assistant\\w*|bot|chatbot|mod\u00e8le\\w*|intelligence artificielle)${R}`,
    `${L}(?:en tant qu['\u2019](?:ia|assistant)|si (?:tu es|vous \u00eates) une? (?:ia|mod\u00e8le|assistant))${R}`,
  ),
  // Spanish and Portuguese
  of(
    'override',
    HINTS.override,
    `${L}(?:ignor[ae]\\w*|olvid[ae]\\w*|omit[ae]\\w*|descart[ae]\\w*|esque\u00e7[ao]\\w*|esquece\\w*|desconsider[ae]\\w*|desobede[zc]\\w*|anul[ae]\\w*|no sigas?|n\u00e3o sig[ao]s?)\\s+(?:[^\\s.,;:!?()]+\\s+){0,5}(?:instrucci[^\\s.,;:!?()]+|instru\u00e7[^\\s.,;:!?()]+|reglas?|regras?|normas?|directrices|diretrizes|directivas?|pol\u00edticas?|prompts?|indicaciones)${R}`,
    `${L}(?:olvid[ae]\\w*|ignor[ae]\\w*|esque\u00e7[ao]\\w*) (?:todo lo|tudo o) que${R}`,
    `${L}modo (?:administrador|desarrollador|desenvolvedor|programador|admin|depuraci\u00f3n|depura\u00e7\u00e3o)${R}`,
  ),
  of(
    'prompt_leak',
    HINTS.prompt_leak,
    `${L}(?:prompt|mensaje|mensagem|instrucciones|instru\u00e7\u00f5es|indicaciones) (?:del?|do) sistema${R}|${L}prompt (?:inicial|oculto)${R}`,
    `${L}(?:mu[e\u00e9]stra\\w*|mostrar?|mostre|revel[ae]\\w*|rep[i\u00ed]t[ae]\\w*|repet[ei]\\w*|imprim[ae]\\w*|escrib[ae]\\w*|escreva|diga|dime|d\u00edgame)(?:-me)?\\s+(?:[^\\s.,;:!?()]+\\s+){0,4}(?:tus|sus|suas|tuas)\\s+(?:[^\\s.,;:!?()]+\\s+){0,2}(?:instrucci[^\\s.,;:!?()]+|instru\u00e7[^\\s.,;:!?()]+|reglas|regras|prompt|directrices|diretrizes)${R}`,
  ),
  of(
    'role_play',
    HINTS.role_play,
    `${L}(?:ahora eres|eres ahora|usted es ahora|a partir de ahora eres|agora voc\u00ea \u00e9|voc\u00ea agora \u00e9|a partir de agora (?:voc\u00ea )?\u00e9s?)\\s+(?:[^\\s.,;:!?()]+\\s+){0,3}(?:ia|asistente|assistente|bot|modo|modelo|administrador\\w*|admin|gerente|pirata|hacker)${R}`,
    `${L}(?:finge que|finja que|haz como si|haga como si|imagina que (?:eres|voc\u00ea)|act\u00faa como si|aja como se|interpreta el papel|fa\u00e7a de conta)${R}`,
  ),
  of(
    'addressed',
    HINTS.addressed,
    `${L}(?:nota|mensaje|mensagem|aviso|instrucci\u00f3n|instru\u00e7\u00e3o|atenci\u00f3n|aten\u00e7\u00e3o) (?:para|a|ao|\u00e0) (?:la |el |o |a |os |las |cualquier |qualquer )?(?:ia|asistente\\w*|assistente\\w*|bot|chatbot|modelo\\w*|inteligencia artificial)${R}`,
    `${L}(?:como (?:una )?ia|si eres una ia|se voc\u00ea \u00e9 uma ia|como (?:um )?modelo de (?:lenguaje|linguagem))${R}`,
  ),
  // Italian
  of(
    'override',
    HINTS.override,
    `${L}(?:ignora\\w*|dimentica\\w*|trascura\\w*|non (?:seguire|rispettare)|annulla\\w*|aggira\\w*|tralascia\\w*)\\s+(?:[^\\s.,;:!?()]+\\s+){0,5}(?:istruzion[^\\s.,;:!?()]+|regol[^\\s.,;:!?()]+|direttiv[^\\s.,;:!?()]+|linee guida|prompt|politiche|indicazioni)${R}`,
    `${L}(?:dimentica\\w*|ignora\\w*) tutto (?:ci\u00f2|quello) che${R}`,
    `${L}modalit\u00e0 (?:amministratore|sviluppatore|admin|debug)${R}`,
  ),
  of(
    'prompt_leak',
    HINTS.prompt_leak,
    `${L}(?:prompt|messaggio|istruzioni) di sistema${R}`,
    `${L}(?:mostra\\w*|rivela\\w*|ripeti\\w*|stampa\\w*|scrivi\\w*|dimmi|elenca)\\s+(?:[^\\s.,;:!?()]+\\s+){0,4}(?:tue|vostre|sue)\\s+(?:[^\\s.,;:!?()]+\\s+){0,2}(?:istruzioni|regole|direttive|prompt)${R}`,
  ),
  of(
    'role_play',
    HINTS.role_play,
    `${L}(?:ora sei|adesso sei|da ora in poi sei|sei ora)\\s+(?:[^\\s.,;:!?()]+\\s+){0,3}(?:ia|assistente|bot|modalit\u00e0|modello|amministratore|admin|direttore|pirata|hacker)${R}`,
    `${L}(?:fai finta|fingi di|immagina di essere|comportati come|agisci come se|recita la parte)${R}`,
  ),
  of(
    'addressed',
    HINTS.addressed,
    `${L}(?:nota|messaggio|istruzioni|avviso|attenzione) (?:per|a|all['\u2019]|per l['\u2019]|al )\\s?(?:ia|assistente|bot|chatbot|modello|intelligenza artificiale)${R}`,
    `${L}(?:come (?:ia|intelligenza artificiale|modello linguistico)|se sei un['\u2019]?\\s?(?:ia|assistente|modello))${R}`,
  ),
  // Dutch
  of(
    'override',
    HINTS.override,
    `${L}(?:negeer|negeren|vergeet|sla|omzeil|schrap|volg niet|overschrijf)\\s+(?:[^\\s.,;:!?()]+\\s+){0,5}(?:instructies?|regels?|richtlijnen|voorschriften|aanwijzingen|prompts?|beleid|opdrachten)${R}`,
    `${L}(?:vergeet|negeer) alles wat${R}`,
    `${L}(?:beheerders?|ontwikkelaars?|admin|onderhouds)-?modus${R}`,
  ),
  of(
    'prompt_leak',
    HINTS.prompt_leak,
    `${L}systeem-?(?:prompt|instructies?|bericht)${R}`,
    `${L}(?:toon|laat|geef|onthul|herhaal|druk|schrijf|vertel)\\s+(?:[^\\s.,;:!?()]+\\s+){0,4}(?:je|jouw|uw)\\s+(?:[^\\s.,;:!?()]+\\s+){0,2}(?:instructies|prompt|richtlijnen|interne regels)${R}`,
  ),
  of(
    'role_play',
    HINTS.role_play,
    `${L}(?:je bent|jij bent|u bent) (?:nu|voortaan|vanaf nu)\\s+(?:[^\\s.,;:!?()]+\\s+){0,3}(?:ai|assistent|bot|modus|model|beheerder|admin|manager|piraat|hacker)${R}`,
    `${L}(?:doe alsof|doet u alsof|stel je voor dat je|gedraag je als|speel de rol)${R}`,
  ),
  of(
    'addressed',
    HINTS.addressed,
    `${L}(?:opmerking|bericht|instructie|let op|notitie|boodschap) (?:voor|aan) (?:de |het |elke |alle )?(?:ai|assistent|bot|chatbot|taalmodel\\w*|kunstmatige intelligentie)${R}`,
    `${L}(?:als (?:ai|taalmodel|ai-assistent)|als je een (?:ai|taalmodel|bot) bent)${R}`,
  ),
  // Polish, Russian, Chinese, Japanese: the override and the leak, which come first in known attacks
  of(
    'override',
    HINTS.override,
    `${L}(?:zignoruj|ignoruj|zapomnij o|pomi\u0144)\\s+(?:[^\\s.,;:!?()]+\\s+){0,5}(?:instrukcj[^\\s.,;:!?()]+|polece[^\\s.,;:!?()]+|zasad[^\\s.,;:!?()]*|regu\u0142[^\\s.,;:!?()]*|wytyczn[^\\s.,;:!?()]+)${R}`,
    `${L}(?:\u0438\u0433\u043d\u043e\u0440\u0438\u0440\u0443\u0439|\u043f\u0440\u043e\u0438\u0433\u043d\u043e\u0440\u0438\u0440\u0443\u0439|\u0437\u0430\u0431\u0443\u0434\u044c)[^\\s.,;:!?()]*\\s+(?:[^\\s.,;:!?()]+\\s+){0,5}(?:\u0438\u043d\u0441\u0442\u0440\u0443\u043a\u0446[^\\s.,;:!?()]+|\u043f\u0440\u0430\u0432\u0438\u043b[^\\s.,;:!?()]+|\u0443\u043a\u0430\u0437\u0430\u043d[^\\s.,;:!?()]+)${R}`,
    '(?:\u5ffd\u7565|\u65e0\u89c6|\u5fd8\u8bb0|\u5ffd\u89c6)[^\u3002\\n]{0,12}(?:\u6307\u4ee4|\u6307\u793a|\u89c4\u5219|\u63d0\u793a)',
    '(?:\u6307\u793a|\u547d\u4ee4|\u30eb\u30fc\u30eb|\u6307\u4ee4)[^\u3002\\n]{0,12}(?:\u7121\u8996|\u5fd8\u308c)',
  ),
  of(
    'prompt_leak',
    HINTS.prompt_leak,
    `${L}(?:prompt systemowy|instrukcje systemowe)${R}|\u0441\u0438\u0441\u0442\u0435\u043c\u043d[^\\s.,;:!?()]+ (?:\u043f\u0440\u043e\u043c\u043f\u0442|\u0438\u043d\u0441\u0442\u0440\u0443\u043a\u0446)|\u7cfb\u7edf\u63d0\u793a|\u30b7\u30b9\u30c6\u30e0\u30d7\u30ed\u30f3\u30d7\u30c8`,
  ),
];
