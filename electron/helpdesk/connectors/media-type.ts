/** Those a rep meets, for helpdesks that tell only the family (`image`, `audio`, `video`, `file`) or nothing. */
const BY_ENDING: Readonly<Record<string, string>> = {
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' },
  ...{ heic: 'image/heic', svg: 'image/svg+xml', pdf: 'application/pdf', zip: 'application/zip' },
  ...{ txt: 'text/plain', csv: 'text/csv', html: 'text/html', json: 'application/json' },
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ...{ mp3: 'audio/mpeg', ogg: 'audio/ogg', m4a: 'audio/mp4', wav: 'audio/wav' },
  ...{ mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm' },
};

/** The media type of a file by the end of its name. */
export function mediaTypeOf(name: string, family = ''): string {
  const ending = /\.([a-z0-9]+)$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  const known = BY_ENDING[ending];
  if (known !== undefined) return known;
  return ['image', 'audio', 'video'].includes(family) ? `${family}/*` : 'application/octet-stream';
}
