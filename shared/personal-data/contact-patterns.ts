/** Addresses of e-mail, in any script. */
export const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+](?:[\p{L}\p{N}._%+'\u2019-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}])/gu;
/** A country's number starts with a plus or a zero; amounts and order numbers do not. */
export const DIALLED = /(?<![\p{L}\p{N}+-])(?:\+|\(?0)[\d()][\d\s()./\u2013-]{5,20}\d(?![\p{L}\p{N}])/gu;
/** North America writes three, three and four digits. */
export const NORTH_AMERICAN =
  /(?<![\p{L}\p{N}+-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\p{L}\p{N}-])/gu;
/** An address that is spelled out to hide it from machines: `ada (at) example dot com`. */
export const SPELLED_EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64} ?(?:\(at\)|\[at\]|\{at\}| at ) ?[\p{L}\p{N}-]{1,63}(?: ?(?:\(dot\)|\[dot\]|\(punkt\)| dot | punkt | punto | point ) ?[\p{L}\p{N}-]{2,63}){1,4}(?![\p{L}\p{N}])/giu;
