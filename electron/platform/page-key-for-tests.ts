/** A key press with nothing held and nothing being composed. */
export const NOTHING_HELD = {
  control: false,
  meta: false,
  alt: false,
  shift: false,
  isAutoRepeat: false,
  isComposing: false,
};
