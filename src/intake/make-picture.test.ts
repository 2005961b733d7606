// Pictures made of images: what a camera, an editor or a person wrote into the file is in the original and in nothing made of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { intakeLimits } from './limits.ts';
import { makePicture } from './make-picture.ts';
import { closeReaders } from './read.ts';
import { inReader } from './reader-process.ts';

const MARKS = [
  'EXIF-CANARY',
  'AUTHOR-CANARY',
  'XMP-CANARY',
  'IPTC-CANARY',
  'COMMENT-CANARY',
  'TRAILER-CANARY',
];

/** A JPEG segment: its marker, its length, what is in it. */
const segment = (marker: number, content: Buffer) =>
  Buffer.concat([
    Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff]),
    content,
  ]);

/** A photograph as a phone and an editor leave it: place, author, thumbnail, XMP, IPTC, a comment, and words after its end. */
async function photograph(): Promise<Buffer> {
  const width = 60;
  // The upper half red, the lower half blue; turned by 90° it has red to the right.
  const red = { r: 220, g: 20, b: 20 };
  const pixels = await sharp({ create: { width, height: 40, channels: 3, background: red } })
    .composite([
      {
        input: { create: { width, height: 20, channels: 3, background: { r: 10, g: 10, b: 220 } } },
        top: 20,
        left: 0,
      },
    ])
    .withExif({
      IFD0: { Artist: 'AUTHOR-CANARY', ImageDescription: 'EXIF-CANARY', Copyright: 'AUTHOR-CANARY' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '50/1 57/1 3000/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '1/1 51/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="XMP-CANARY"/></rdf:RDF></x:xmpmeta>',
    )
    .jpeg()
    .toBuffer();
  const thumbnail = await sharp(pixels).resize(16).jpeg().toBuffer();
  const iptc = Buffer.concat([
    Buffer.from('Photoshop 3.0\0' + '8BIM\x04\x04\0\0\0\0\0\x10', 'latin1'),
    Buffer.from('\x1c\x02\x50\0\x0bIPTC-CANARY', 'latin1'),
  ]);
  return Buffer.concat([
    pixels.subarray(0, 2),
    segment(0xfe, Buffer.from('COMMENT-CANARY')),
    segment(0xed, iptc),
    // An extension block with a picture in the picture.
    segment(0xef, thumbnail),
    pixels.subarray(2),
    Buffer.from('TRAILER-CANARY'),
  ]);
}

describe('a picture', () => {
  it('holds the pixels, upright, and nothing else that the file said', async () => {
    const original = await photograph();
    const before = await sharp(original).metadata();
    expect([before.orientation, before.exif === undefined, before.xmp === undefined]).toEqual([
      6,
      false,
      false,
    ]);
    for (const mark of MARKS) expect(original.includes(mark), mark).toBe(true);

    const { bytes, mediaType, tool, toolVersion } = await makePicture(original, 'image/jpeg');
    const made = Buffer.from(bytes);
    expect([mediaType, tool]).toEqual(['image/jpeg', 'constat picture']);
    expect(toolVersion).toMatch(/^1 \(sharp \d+\.\d+\.\d+, libvips \d/);
    for (const mark of MARKS) expect(made.includes(mark), mark).toBe(false);
    for (const kind of ['Exif', 'GPS', 'xmp', 'Photoshop', 'ICC_PROFILE', '8BIM'])
      expect(made.includes(kind), kind).toBe(false);
    // One image, and no other inside it.
    expect(made.lastIndexOf(Buffer.from([0xff, 0xd8, 0xff]))).toBe(0);
    const after = await sharp(made).metadata();
    for (const field of ['exif', 'xmp', 'iptc', 'icc', 'orientation', 'comments'] as const)
      expect(after[field], field).toBeUndefined();
    expect([after.width, after.height, after.space]).toEqual([40, 60, 'srgb']);
    const { data } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * 40 + x) * 3, (y * 40 + x) * 3 + 3)];
    expect(at(35, 30)[0]).toBeGreaterThan(180);
    expect(at(5, 30)[2]).toBeGreaterThan(180);
  });

  it('is made of every kind of image, and no larger than a screen', async () => {
    const drawn = sharp({ create: { width: 3000, height: 100, channels: 3, background: '#456' } }).withExif({
      IFD0: { Artist: 'AUTHOR-CANARY' },
    });
    for (const format of ['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const) {
      const original = await drawn.clone().toFormat(format).toBuffer();
      const { bytes } = await makePicture(original, `image/${format}`);
      const { width, height, exif } = await sharp(bytes).metadata();
      expect([format, width, height, exif]).toEqual([format, 2048, 68, undefined]);
      expect(Buffer.from(bytes).includes('AUTHOR-CANARY')).toBe(false);
    }
  });

  it('takes over no words that PNG keeps beside the pixels', async () => {
    const plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#456' } })
      .png()
      .toBuffer();
    // tEXt after the header; readers that do not know it skip it, whatever its checksum.
    const words = Buffer.from('Author\0AUTHOR-CANARY', 'latin1');
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, words.length]), Buffer.from('tEXt'), words]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(chunk.subarray(4)));
    const original = Buffer.concat([plain.subarray(0, 33), chunk, checksum, plain.subarray(33)]);
    expect(original.includes('AUTHOR-CANARY')).toBe(true);
    const { bytes } = await makePicture(original, 'image/png');
    expect(Buffer.from(bytes).includes('CANARY')).toBe(false);
  });
});

describe('an image made to do harm', () => {
  const inProcess = async (bytes: Buffer, mediaType: string, limits = {}) => {
    const answer = await inReader({ task: 'picture', bytes, mediaType }, { ...intakeLimits({}), ...limits });
    return 'problem' in answer
      ? answer.problem.code
      : 'picture' in answer
        ? answer.picture
        : 'another answer';
  };
  const svg = (inside: string, before = '') =>
    Buffer.from(
      `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">${inside}</svg>`,
    );

  it('is refused by its pixels before they are unpacked', async () => {
    // A header that promises 60,000 by 60,000 pixels and little else.
    const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#456' } })
      .png()
      .toBuffer();
    const large = Buffer.from(small);
    large.writeUInt32BE(60_000, 16);
    large.writeUInt32BE(60_000, 20);
    large.writeUInt32BE(crc32(large.subarray(12, 29)), 29);
    expect(await inProcess(large, 'image/png')).toBe('read.expands');
    expect(await inProcess(svg('<rect width="1" height="1"/>').subarray(0, 60), 'image/svg+xml')).toBe(
      'read.damaged',
    );
    expect(await inProcess(Buffer.from('\xff\xd8\xff\xe0 no image', 'latin1'), 'image/jpeg')).toBe(
      'read.damaged',
    );
    expect(await inProcess(Buffer.alloc(1000, 7), 'image/tiff')).toBe('read.damaged');
  });

  it('as a drawing runs nothing, reads nothing of this machine and does not grow', async () => {
    const entities = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
      .split('')
      .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefg'[at]};`.repeat(10)}">`)
      .join('')}]>`;
    const lol = await inProcess(svg('<text y="20">&h;</text>', entities), 'image/svg+xml', { seconds: 20 });
    expect(['read.damaged', 'read.memory', 'read.time']).toContain(lol);
    // What a drawing refers to, it does not get: red would be the file, grey is the ground.
    const red = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const folder = mkdtempSync(join(tmpdir(), 'constat-picture-'));
    try {
      writeFileSync(join(folder, 'red.png'), red);
      const path = join(folder, 'red.png');
      const outside = [
        `<image width="40" height="40" href="${path}"/>`,
        `<image width="40" height="40" xlink:href="file://${path}"/>`,
        `<style>@import url("file://${path}")</style><script>while(true);</script>`,
      ];
      for (const inside of outside) {
        const made = await inProcess(
          svg(`<rect width="40" height="40" fill="#777"/>${inside}`),
          'image/svg+xml',
        );
        if (typeof made === 'string') throw new Error(made);
        const { dominant } = await sharp(made.bytes).stats();
        expect(Math.abs(dominant.r - dominant.b)).toBeLessThan(20);
      }
      const entity = svg('<text y="20">&x;</text>', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${path}">]>`);
      const made = await inProcess(entity, 'image/svg+xml');
      expect(typeof made === 'string' ? made : 'picture').toMatch(/^(?:picture|read\.damaged)$/);
    } finally {
      rmSync(folder, { recursive: true });
      await closeReaders();
    }
  });
});

/** CRC-32 as PNG has it. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
