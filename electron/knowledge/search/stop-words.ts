import { eng } from 'stopword';

/** Function words the package's English list leaves out, and what is left of contractions (`doesn't` -> `doesn`, `t`). */
const FUNCTION_WORDS =
  'i me we us you your yours they does did doing done has not no nor will shall may when why whose whom yet already ' +
  'without within during again once ever every either neither per via etc until unless while being having were been ' +
  's t m ve re ll d u ur im ive id dont cant doesnt didnt isnt wont don doesn didn isn won couldn wouldn shouldn aren ' +
  'wasn weren hasn haven hadn ain let lets whats wheres thats theres one ones thing things lot bit';

/** Words of courtesy and of talking to support; they say nothing about what is asked. */
const COURTESY =
  'hi hello hey dear sir madam team please pls plz thank thanks thx ty cheers regards kind best greetings sincerely ' +
  'morning afternoon evening good day help question quick want know tell hope wondering wonder really just ' +
  'anything something someone anyone possible able sure ok okay think say said see look maybe actually';

/** All of them, so that a mistyped one is recognised as well. */
export const stopWords: ReadonlySet<string> = new Set([
  ...eng,
  ...FUNCTION_WORDS.split(' '),
  ...COURTESY.split(' '),
]);

/** True for words that say nothing about what a text is about. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}
