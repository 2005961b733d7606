// A capture: what was asked of an address and what came back, step by step, kept beside the original that came of it.
import { z } from 'zod';
import { Instant, Sha256, WebAddress } from './common.ts';

/** The certificate by which a host proved who it is. */
const Certificate = z.object({
  /** SHA-256 of the certificate, in hexadecimal pairs set apart by colons. */
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  protocol: z.string().nullable(),
});

/** One question and its answer; all but the last led on to another address. */
const Hop = z.object({
  address: z.string(),
  /** The network address that was dialled, and the port. */
  dialled: z.object({ address: z.string(), port: z.int() }),
  askedAt: Instant,
  answeredAt: Instant,
  status: z.int(),
  httpVersion: z.string(),
  /** Every header of the answer, in its order and as it was written. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Null where the address is not https. */
  certificate: Certificate.nullable(),
});
export type Hop = z.infer<typeof Hop>;

/** How a source was fetched from its address: the rendition of the kind "capture". */
export const Capture = z
  .object({
    format: z.literal('constat-capture@1'),
    /** What was asked for, and the address that answered in the end. */
    requested: WebAddress,
    address: z.string(),
    startedAt: Instant,
    endedAt: Instant,
    /** Whose clock the times are of. */
    clock: z.literal('this machine, UTC'),
    tool: z.string(),
    toolVersion: z.string(),
    /** The headers of every question; no cookie was kept between them. */
    sent: z.array(z.tuple([z.string(), z.string()])),
    hops: z.array(Hop).min(1),
    body: z.object({
      /** Of the original. */
      sha256: Sha256,
      bytes: z.int(),
      /** Where the body came packed ("gzip", "br", "deflate"): how, and the hash of what came. */
      packed: z.object({ coding: z.string(), sha256: Sha256, bytes: z.int() }).nullable(),
    }),
  })
  .meta({ id: 'Capture', title: 'Capture' });
export type Capture = z.infer<typeof Capture>;
