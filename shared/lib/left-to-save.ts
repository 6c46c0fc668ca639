/**
 * What stays in a form after what was sent of it was saved: null where nothing else was typed meanwhile, or only the secret was taken out. What was
 * typed stays without the secret that was sent, which is kept elsewhere by now.
 */
export function leftToSave<Key extends string, Fields extends Readonly<Record<Key, string>>>(
  sent: Fields,
  now: Fields,
  secret: Key,
): Fields | null {
  const isTypedAnew = now[secret] !== '' && now[secret] !== sent[secret];
  const without = { ...now, [secret]: '' };
  if (isTypedAnew) return now;
  return JSON.stringify(without) === JSON.stringify({ ...sent, [secret]: '' }) ? null : without;
}
