// Small shapes that all others are made of.
import { z } from 'zod';
import { PlacePrecision } from './vocabulary.ts';

/** An identifier: UUID version 7, so that ids sort by the time they were given. */
export const Id = z.guid().meta({ id: 'Id', description: 'UUID version 7.' });
export type Id = z.infer<typeof Id>;

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 }).meta({ id: 'Instant' });

/** SHA-256, 64 lower-case hexadecimal digits. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 hexadecimal digits.')
  .meta({ id: 'Sha256' });

/** A BCP 47 language tag. */
export const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Give the language as a tag such as en, fr or ar.')
  .meta({ id: 'LanguageTag' });

/** An address on the web; only http and https, so that a link in a page cannot run anything. */
export const WebAddress = z
  .url({ protocol: /^https?$/, error: 'Give the whole address, beginning with http:// or https://.' })
  .max(2000)
  .meta({ id: 'WebAddress' });

/** A person or body as a record names it: as printed, resolved to an actor of the dossier where known. */
export const Party = z
  .object({
    actor: Id.nullable(),
    name: z.string().min(1).max(300),
    /** The function held at the time: "interior minister". */
    role: z.string().max(300).nullable(),
  })
  .meta({ id: 'Party', title: 'Party' });
export type Party = z.infer<typeof Party>;

/** A place as a record names it, resolved to a place of the dossier where known; precision is a radius in metres. */
export const PlaceMention = z
  .object({ place: Id.nullable(), name: z.string().min(1).max(300), precision: PlacePrecision })
  .meta({ id: 'PlaceMention', title: 'Place' });
export type PlaceMention = z.infer<typeof PlaceMention>;

/** Free words on a record. */
export const Tags = z.array(z.string().min(1).max(80)).max(50);

/** Which program proposed something, and how sure it was. */
export const Provenance = z
  .object({
    proposer: z.string(),
    version: z.string(),
    confidence: z.number().min(0).max(1),
    /** Programs that found the same by themselves, and which fields they filled that had been left empty. */
    also: z
      .array(z.object({ proposer: z.string(), version: z.string(), filled: z.array(z.string()) }))
      .optional(),
  })
  .meta({ id: 'Provenance', title: 'Proposed by' });
export type Provenance = z.infer<typeof Provenance>;

/**
 * A UUID version 7 (RFC 9562 §5.7) from a time in milliseconds and ten random bytes.
 * Both are arguments: nothing in record/ reads a clock or a random source.
 */
export function makeId(at: number, random: Uint8Array): Id {
  const bytes = new Uint8Array(16);
  let time = at;
  for (let index = 5; index >= 0; index--) {
    bytes[index] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
