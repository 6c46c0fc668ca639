import fs from 'node:fs';

import { expect, it } from 'vitest';

import { imageHeadOf } from './image-size.js';

const screen = fs.readFileSync(new URL('../../docs/screens/full-dark-withheld.png', import.meta.url));
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');
const gif = base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');
const lossy = base64('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA');
const lossless = base64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==');
/** The head of a photo as phones write it: data of the camera, a table, then a progressive frame of 4032 by 3024. */
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x00, 0x08]),
  Buffer.from('Exif\0\0'),
  Buffer.from([
    0xff, 0xdb, 0x00, 0x04, 0xff, 0xc0, 0xff, 0xff, 0xc2, 0x00, 0x11, 0x08, 0x0b, 0xd0, 0x0f, 0xc0,
  ]),
  Buffer.alloc(16),
]);

// Catches an image that is judged by its name, a size that is read from the wrong place, and a frame looked for inside a table.
it('tells kind and size from the bytes', () => {
  const [width, height] = [screen.readUInt32BE(16), screen.readUInt32BE(20)];
  expect(width).toBeGreaterThan(1000);
  expect(imageHeadOf(screen)).toEqual({ mediaType: 'image/png', width, height });
  expect(imageHeadOf(gif)).toEqual({ mediaType: 'image/gif', width: 1, height: 1 });
  expect(imageHeadOf(lossy)).toEqual({ mediaType: 'image/webp', width: 1, height: 1 });
  expect(imageHeadOf(lossless)).toEqual({ mediaType: 'image/webp', width: 1, height: 1 });
  expect(imageHeadOf(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 4032, height: 3024 });
});

// Catches script or another program's file that reaches the page, and a head that ends too early and throws.
it('takes nothing else, whole or cut anywhere', () => {
  const others = ['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'MZ', '%PDF-1.4', ''];
  for (const other of others) expect(imageHeadOf(Buffer.from(other)), other).toBeNull();
  for (const image of [screen, gif, lossy, lossless, jpeg])
    for (let length = 0; length < 40; length += 1)
      expect(() => imageHeadOf(image.subarray(0, length)), String(length)).not.toThrow();
  expect(imageHeadOf(Buffer.concat([screen.subarray(0, 16), Buffer.alloc(16)]))).toBeNull();
});

// Catches: a small frame that we read inside what a decoder does not skip, while it decodes a picture of 65,535 by 65,535 after it.
it.each([0x00, 0x01, 0xd0, 0xd7, 0xd8, 0xd9, 0xda])(
  'takes no JPEG with the marker %i, which has no length, before its frame',
  (marker) => {
    const huge = [0xff, 0xc0, 0x00, 0x11, 0x08, 0xff, 0xff, 0xff, 0xff, 0x03];
    const small = [0xff, 0xc0, 0x00, 0x11, 0x08, 0x00, 0x01, 0x00, 0x01, 0x03];
    const hidden = [0xff, 0xd8, 0xff, marker, ...huge, ...Array<number>(0xffc0 - 10).fill(0), ...small];
    const image = Buffer.concat([Buffer.from(hidden), Buffer.alloc(32)]);
    expect(imageHeadOf(image)).toBeNull();
  },
);
