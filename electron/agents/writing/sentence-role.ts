import type { SentenceRole } from '../../../shared/domain/draft.js';

/** What people say without stating anything, in the languages of the first teams. */
const COURTESY = [
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.?!]{0,60}[,!.]?$/iu,
  /^(?:many thanks|thanks|thank you)\b/iu,
  /^(?:i am|i'm|i’m|we are|we're|we’re)? ?(?:very |so |really )?sorry\b/iu,
  /^(?:my|our) (?:sincere )?apologies\b|^(?:i|we) apologi[sz]e\b/iu,
  /^(?:i|we) hope (?:this|that|it) helps\b|^(?:just )?(?:let (?:me|us) know|reply to this|write (?:to )?(?:me|us)|feel free)\b/iu,
  /^(?:(?:best|kind|warm) (?:regards|wishes)|regards|sincerely|yours|cheers|all the best|have a (?:nice|great|good|lovely))\b/iu,
  /^(?:i|we) (?:fully |completely )?understand (?:that|how|your|why)\b/iu,
  /^here (?:are|is) (?:the|what|how)\b[^.?!]{0,60}[:.]$/iu,
  /^(?:hallo|guten (?:tag|morgen)|liebe[r]?|vielen dank|danke|es tut (?:mir|uns) leid|entschuldigung|mit freundlichen|viele grüße)\b/iu,
  /^(?:bonjour|cher|chère|merci|(?:je suis|nous sommes) (?:vraiment )?désolé|cordialement|bien à vous)/iu,
  /^(?:hola|estimad[oa]|gracias|lo siento|lamentamos|un saludo|saludos)\b/iu,
  /^(?:beste|dag|dank je|dank u|bedankt|het spijt (?:mij|me|ons)|met vriendelijke groet)\b/iu,
  /^(?:ciao|buongiorno|gentile|grazie|mi dispiace|ci dispiace|cordiali saluti)\b/iu,
];
/** What somebody did, does or will do is stated, however politely the sentence begins. */
const STATES =
  /\d|%|\b(?:will|won't|shall|refund(?:ed|s)|shipped|sent|delivered|cancelled|free of charge|guarantee[sd]?|entitled)\b|\b(?:we|i)(?:'ve|'ll|’ve|’ll| have| had| can| could| did| do not| don't)\b/iu;

/** Whether a sentence only greets, thanks, apologises or says goodbye. Doubtful ones are claims: a claim has to be shown, a courtesy does not. */
export function isCourtesy(text: string): boolean {
  return text.length <= 200 && COURTESY.some((pattern) => pattern.test(text)) && !STATES.test(text);
}

/** The role of a sentence somebody else wrote. */
export function roleOf(text: string): SentenceRole {
  if (isCourtesy(text)) return 'courtesy';
  return /[?？]["'”’)]*$/u.test(text) ? 'question' : 'claim';
}
