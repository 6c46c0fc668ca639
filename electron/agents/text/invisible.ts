/** Scripts whose letters a joiner shapes, and what emoji are joined of. */
const JOINED =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Mongolian}\\p{Extended_Pictographic}\\p{Emoji_Modifier}';

/**
 * Characters nobody sees and a model reads all the same: Unicode's default ignorable code points (zero-width ones, direction marks and
 * overrides, fillers, tags, which spell ASCII invisibly, and variation selectors, which can carry bytes), controls, annotation marks.
 * One U+FE0E or U+FE0F stays: it chooses how an emoji looks. Joiners stay where they shape what is seen.
 */
const INVISIBLE = new RegExp(
  [
    String.raw`(?:(?!\u200C|\u200D|\uFE0E|\uFE0F|[\t\n\r])[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFB])+`,
    String.raw`(?<=\uFE0E|\uFE0F)(?:\uFE0E|\uFE0F)+`,
    String.raw`(?<!\uFE0F|[${JOINED}])(?:\u200C|\u200D)+`,
  ].join('|'),
  'gu',
);

/** The text without invisible characters; everything that can be seen stays as it is. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
