declare module 'wink-sentiment/src/afinn-en-165.js' {
  /** AFINN-165: English words, lower case, from -5 to 5. */
  const scores: Readonly<Record<string, number>>;
  export default scores;
}
