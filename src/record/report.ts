// Reports and publications: what leaves the house, frozen and numbered.
import { z } from 'zod';
import { Id, Instant, Sha256 } from './common.ts';

/** An edited document whose citations are records; the body is a ProseMirror document tree. */
export const Report = z
  .object({
    id: Id,
    dossier: Id,
    title: z.string().min(1).max(300),
    body: z.record(z.string(), z.unknown()),
    citations: z.array(Id),
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Report', title: 'Report' });

/** A frozen, redacted, numbered version of a dossier's public records. */
export const Publication = z
  .object({
    dossier: Id,
    number: z.int().min(1),
    title: z.string(),
    summary: z.string().nullable(),
    publishedBy: z.string().nullable(),
    /** What changed since the one before, in words; empty on the first. */
    note: z.string().max(2000).nullable(),
    records: z.int().min(0),
    sources: z.int().min(0),
    at: Instant,
    by: Id,
  })
  .meta({ id: 'Publication', title: 'Publication' });
export type Publication = z.infer<typeof Publication>;

/** A bundle as the log remembers it: which publication, and the hash of its manifest (datapackage.json). */
export const Bundle = z
  .object({ dossier: Id, publication: z.int().min(1), manifest: Sha256, at: Instant })
  .meta({ id: 'Bundle', title: 'Bundle' });
export type Bundle = z.infer<typeof Bundle>;
