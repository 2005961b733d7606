// What is sealed: fields whose values only those named may read. A row keeps stand-ins in their place and carries the
// true values in a box, an age file (https://age-encryption.org/v1) to the key of this one seal.
import { z } from 'zod';
import { Id } from './common.ts';

/** The sealed part of a value: which seal closes it, which of its fields are inside, and the box that holds them. */
export const Sealed = z
  .object({
    seal: Id,
    /** Names of the value's fields whose true values are in the box, sorted; the row holds stand-ins. */
    fields: z.array(z.string().max(60)).min(1).max(60),
    /** The age file, as armored text: JSON `{subject, fields: {name: value}}`. */
    box: z.string().max(10_000_000),
  })
  .meta({ id: 'Sealed', title: 'Sealed' });
export type Sealed = z.infer<typeof Sealed>;

/** What stands in a text field whose words are sealed. */
export const SEALED_TEXT = '[sealed]';
