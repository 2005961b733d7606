// What a language model may answer when it is asked about a text: words quoted from it, never offsets. One schema gives
// the type, the check of an answer and the JSON Schema the model is held to. A quotation is nothing until it was found.
import { z } from 'zod';
import { Bound, SpeechAct, StatementMode } from './vocabulary.ts';

const words = (description: string) => z.string().nullable().meta({ description });

/** A statement as a model quotes it. */
export const QuotedStatement = z.object({
  content: z
    .array(z.string())
    .meta({ description: 'What was said, copied exactly; several pieces when the text interrupts it.' }),
  source: words('The words that name the speaker, copied exactly.'),
  cue: words('The reporting word or words, copied exactly: "said", "according to".'),
  speaker: words('The fullest name the text has for that speaker.'),
  role: words('The function of the speaker, copied from the text.'),
  addressee: words('To whom it was said, copied from the text.'),
  mode: z.enum(StatementMode.options),
  act: z.enum(SpeechAct.options),
});
export type QuotedStatement = z.infer<typeof QuotedStatement>;

/** A figure as a model quotes it. */
export const QuotedFigure = z.object({
  words: z.string().meta({ description: 'The whole expression, copied exactly: "up to 2,300 migrants".' }),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  bound: z.enum(Bound.options),
  unit: words('An ISO 4217 currency, "%", or a unit of measure; null for a plain count.'),
  counted: words('What is counted, copied exactly.'),
  place: words('Where, copied exactly.'),
  accordingTo: words('Who gives the number, by the fullest name the text has.'),
});
export type QuotedFigure = z.infer<typeof QuotedFigure>;

/** A whole answer. */
export const QuotedAnswer = z.object({
  statements: z.array(QuotedStatement),
  figures: z.array(QuotedFigure),
});
export type QuotedAnswer = z.infer<typeof QuotedAnswer>;
