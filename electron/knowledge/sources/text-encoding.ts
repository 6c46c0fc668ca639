/** How bytes are text: UTF-8, or what `iconv-lite` knows by this name. */
export type TextEncoding = 'utf-8' | (string & {});
