/**
 * Which of some values stand in what was sent, in any spelling a request can carry: as they are, as JSON with and without letters beyond
 * ASCII, in an address, and numbers without what parts their groups. Case does not matter.
 */
export function leakedOf(bytes: Buffer, values: readonly string[]): string[] {
  const sent = bytes.toString('utf8').toLowerCase();
  return values.filter((value) => spellingsOf(value).some((one) => sent.includes(one.toLowerCase())));
}

function spellingsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const joined = /^[+\d\s().-]{7,}$/.test(value) ? [value.replace(/[\s().-]/g, '')] : [];
  return [value, json, ascii, encodeURIComponent(value), ...joined];
}
