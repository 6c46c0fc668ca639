declare module 'stopword' {
  /** English stopwords, lower case. */
  export const eng: readonly string[];
}
