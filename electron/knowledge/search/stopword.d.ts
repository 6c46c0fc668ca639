/** The package has no types of its own; this is the part we use. */
declare module 'stopword' {
  export const eng: readonly string[];
}
