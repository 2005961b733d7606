// The picture of an image for publication: its pixels, upright and no larger than a screen, and nothing of what the file says
// beside them. Runs in the reading process; the original stays as it is.
import sharp from 'sharp';
import { problem } from '../record/problem.ts';

/** A picture, and what made it. */
export interface Picture {
  bytes: Uint8Array;
  mediaType: 'image/jpeg' | 'image/png';
  tool: string;
  toolVersion: string;
}

/** The longest side of a picture, in pixels. */
const LONGEST_SIDE = 2048;
/** Most pixels of an image: a camera's largest, not a file that was made to fill the memory. */
const MOST_MEGAPIXELS = 120;

/**
 * Makes a picture. Orientation is carried out, colours become sRGB, and of Exif, GPS, XMP, IPTC, colour profiles,
 * thumbnails, comments and further frames nothing is taken over. Throws `read.expands` or `read.damaged`.
 */
export async function makePicture(bytes: Uint8Array, mediaType: string): Promise<Picture> {
  sharp.cache(false);
  sharp.concurrency(1);
  const isDrawn = mediaType === 'image/svg+xml';
  const options = { limitInputPixels: MOST_MEGAPIXELS * 1_000_000, failOn: 'error' as const, pages: 1 };
  try {
    const image = sharp(bytes, isDrawn ? { ...options, density: 144 } : options);
    const { hasAlpha } = await image.metadata();
    const upright = image
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    // Lines and see-through parts survive in PNG; photographs are a tenth of the size in JPEG.
    const isExact = hasAlpha || isDrawn || mediaType === 'image/gif' || mediaType === 'image/png';
    const made = isExact ? upright.png({ compressionLevel: 9 }) : upright.jpeg({ quality: 88 });
    return {
      bytes: await made.toBuffer(),
      mediaType: isExact ? 'image/png' : 'image/jpeg',
      tool: 'constat picture',
      toolVersion: `1 (sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips})`,
    };
  } catch (error) {
    if (/pixel limit|too large|exceeds/i.test(String(error)))
      throw problem('read.expands', { limit: `${MOST_MEGAPIXELS} MP` }, error);
    throw problem('read.damaged', { format: mediaType.slice('image/'.length).toUpperCase() }, error);
  }
}
