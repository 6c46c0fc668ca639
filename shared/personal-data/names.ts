const GREETINGS = new Set(
  `hi;hello;hey;dear;good morning;good afternoon;good evening;hallo;beste;geachte;goedemorgen;goedemiddag;goedenavond;guten tag;guten morgen;
guten abend;liebe;lieber;sehr geehrte;sehr geehrter;bonjour;bonsoir;cher;chère;hola;buenos días;buenas tardes;estimado;estimada;ciao;buongiorno;
buonasera;gentile;olá;bom dia;boa tarde;caro;cara;hej;hei;kære;hi again;hello again`
    .split(';')
    .map((words) => words.trim()),
);
const CLOSINGS = new Set(
  `thanks;thank you;many thanks;thanks again;regards;kind regards;best regards;warm regards;with kind regards;best;best wishes;all the best;cheers;
sincerely;yours sincerely;yours faithfully;yours;groet;groeten;groetjes;vriendelijke groet;met vriendelijke groet;met vriendelijke groeten;mvg;
bedankt;mit freundlichen grüßen;freundliche grüße;viele grüße;liebe grüße;beste grüße;gruß;danke;vielen dank;cordialement;bien cordialement;
merci;merci beaucoup;salutations;saludos;un saludo;saludos cordiales;atentamente;gracias;muchas gracias;cordiali saluti;saluti;grazie;obrigado;
obrigada;cumprimentos;atenciosamente;hilsen;med vennlig hilsen;mvh;hälsningar;vänliga hälsningar;terveisin`
    .split(';')
    .map((words) => words.trim()),
);
const TITLES =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|heer|mevrouw|meneer|monsieur|madame|m|mme|señor|señora|sr|sra|signor|signora|senhor|senhora)$/u;
/** Who is addressed or signs without being anybody. */
const NOBODY =
  /^(?:the|team|support|service|customer|customers|sir|madam|all|everyone|everybody|folks|there|again|your|our|care|help|desk|damen|herren|kunde|klant|client)$/u;
const PARTICLE = /^(?:van|von|de|der|den|del|della|di|da|do|dos|la|le|el|bin|ibn|al|af|ter|ten|y|e)$/u;
const NAME_WORD = /^\p{Lu}[\p{L}'\u2019.-]*$/u;
const MAX_NAME_WORDS = 5;
const INTRODUCTION =
  /(?:[Mm]y name is|[Mm]y name's|[Mm]ijn naam is|[Ii]k heet|[Mm]ein Name ist|[Ii]ch heiße|[Jj]e m['\u2019]appelle|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Oo] meu nome é) ((?:\p{L}[\p{L}'\u2019-]{0,40} ?){1,4})/gu;
const MOST_NAMES = 30;

/** Names of people in greetings, below closing words, and where somebody says their own; each as its capitalised words and as a whole. */
export function findNames(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const found: (readonly string[])[] = [];
  for (const [at, line] of lines.entries()) {
    const [clause = '', ...rest] = line.split(/[,!:;]/u);
    found.push(addressed(clause));
    const closing = clause.replace(/\.$/u, '').toLowerCase();
    if (!CLOSINGS.has(closing)) continue;
    const signed = rest.join(' ').trim() || lines.slice(at + 1).find((next) => next !== '');
    found.push(nameIn((signed ?? '').split(/\s+/u)));
  }
  for (const [, name = ''] of text.matchAll(INTRODUCTION)) found.push(leadingName(name.trim().split(/\s+/u)));
  const names = found.flatMap((words) => [words.join(' '), ...words.filter((word) => NAME_WORD.test(word))]);
  return [...new Set(names.filter((name) => name.length > 1))].slice(0, MOST_NAMES);
}

/** The name in "Dear Mrs Ada Lovelace"; nothing for "Dear customer" or "Hello I have a question". */
function addressed(clause: string): readonly string[] {
  const words = clause.split(/\s+/u);
  const length = [2, 1].find((count) => GREETINGS.has(words.slice(0, count).join(' ').toLowerCase()));
  return length === undefined ? [] : nameIn(words.slice(length));
}

/** All of the words as one name, without its title; nothing when they are more than a name. */
function nameIn(words: readonly string[]): readonly string[] {
  const named = withoutTitle(
    words
      .join(' ')
      .replace(/[\s.!,]+$/u, '')
      .split(' '),
  );
  const isName =
    named.length <= MAX_NAME_WORDS &&
    named.some((word) => NAME_WORD.test(word)) &&
    named.every((word) => (NAME_WORD.test(word) || PARTICLE.test(word)) && !NOBODY.test(word.toLowerCase()));
  return isName ? named : [];
}

/** The words up to the first that is no part of a name. */
function leadingName(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => !NAME_WORD.test(word) && !PARTICLE.test(word));
  return nameIn(end === -1 ? words : words.slice(0, end));
}

function withoutTitle(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !TITLES.test(word.toLowerCase().replace('.', '')));
  return start === -1 ? [] : words.slice(start);
}
