// Frames: sentences with their quotations folded into one item each, so that rules read around a quotation, not into it.
import type { Span } from '../record/suggestion.ts';
import { cueOf } from './cue.ts';
import type { Grammar } from './grammar.ts';
import type { PageParagraph } from './page.ts';
import type { Quotation } from './quotation.ts';
import { grammarOf } from './syntax.ts';
import { type TextModel, type Token, tokenise, trimSpan } from './text-model.ts';

/** One sentence as a reader takes it in: a quotation of many sentences is part of the one that carries it. */
export interface Frame extends Span {
  items: Token[];
  grammar: Grammar;
  /** The folded quotations, in order; the n-th item of kind "quotation" is the n-th of these. */
  quotations: Quotation[];
  paragraph: PageParagraph;
}

/** A frame takes no more quotations than this; the rest of its sentence is a frame of its own. */
const MOST_QUOTATIONS = 64;

/**
 * The paragraphs worth reading (no furniture, no captions), each with its frames, made one at a time as they are asked
 * for: a text of one endless paragraph never stands in memory as a whole.
 */
export function* readFrames(
  model: TextModel,
  paragraphs: PageParagraph[],
  quotations: Quotation[],
): Generator<{ paragraph: PageParagraph; frames: Iterable<Frame> }> {
  const outermost = quotations.filter((quotation) => quotation.depth === 0 && !isDash(quotation));
  let sentence = 0;
  let quotation = 0;
  for (const paragraph of paragraphs) {
    const sentences: Span[] = [];
    while (sentence < model.sentences.length && model.sentences[sentence]!.start < paragraph.end)
      sentences.push(model.sentences[sentence++]!);
    const quoted: Quotation[] = [];
    while (quotation < outermost.length && outermost[quotation]!.outer.start < paragraph.end)
      quoted.push(outermost[quotation++]!);
    if (paragraph.kind === 'furniture' || paragraph.kind === 'caption') continue;
    yield { paragraph, frames: framesOf(model, paragraph, sentences, quoted) };
  }
}

/** Whether a quotation is a line of dialogue opened by a dash. */
export function isDash(quotation: Quotation): boolean {
  return quotation.mark === '—' || quotation.mark === '–';
}

function* framesOf(
  model: TextModel,
  paragraph: PageParagraph,
  sentences: Span[],
  quoted: Quotation[],
): Generator<Frame> {
  let next = 0;
  let index = 0;
  let start = sentences[0]?.start ?? paragraph.end;
  while (index < sentences.length) {
    const own: Quotation[] = [];
    let end = sentences[index]!.end;
    for (;;) {
      let within = end;
      while (next < quoted.length && quoted[next]!.outer.start < within && own.length < MOST_QUOTATIONS) {
        own.push(quoted[next]!);
        end = within = Math.max(end, quoted[next++]!.outer.end);
      }
      if (own.length >= MOST_QUOTATIONS) {
        end = own.at(-1)!.outer.end;
        while (index + 1 < sentences.length && sentences[index + 1]!.start < end) index++;
        break;
      }
      // A quotation may have carried the end past whole sentences, into the middle of another.
      while (index + 1 < sentences.length && sentences[index + 1]!.start < end) {
        index++;
        end = Math.max(end, sentences[index]!.end);
      }
      if (next < quoted.length && quoted[next]!.outer.start < end) continue;
      const following = sentences[index + 1];
      const last = own.at(-1);
      if (!following || last?.outer.end !== end || !isTag(model, last, following, quoted[next])) break;
      index++;
      end = following.end;
    }
    const items = fold(model, start, end, own);
    const grammar = grammarOf(model.text, items, model.language);
    yield { start, end, items, grammar, quotations: own, paragraph };
    const rest = trimSpan(model.text, end, sentences[index]!.end);
    if (rest) start = rest.start;
    else start = sentences[++index]?.start ?? paragraph.end;
  }
}

/** What may follow the verb of a clause that only says who spoke. */
const TAG_GOES_ON =
  /^(?:in|on|at|to|of|when|as|after|before|during|with|about|from|later|recently|last|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|again|then|à|au|dans|lors|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier)$/;

/** Whether a sentence only says who spoke the question or exclamation before it: ‘"Why?" The mayor asked.’ */
function isTag(model: TextModel, quotation: Quotation, sentence: Span, next: Quotation | undefined): boolean {
  const last = model.text[quotation.inner.end - 1]!;
  if (
    model.language === 'en' &&
    /^So (?:said|says|wrote) /.test(model.text.slice(sentence.start, sentence.start + 12))
  )
    return !next || next.outer.start >= sentence.end;
  if (last !== '?' && last !== '!' && last !== '…') return false;
  if (sentence.end - sentence.start > 240 || (next && next.outer.start < sentence.end)) return false;
  const tokens = tokenise(model.text, sentence.start, sentence.end, model.language);
  const cue = tokens.findIndex(
    (token, index) => index < 9 && cueOf(token.lower, model.language)?.form === 'finite',
  );
  if (cue <= 0) return false;
  const after = tokens[cue + 1];
  return !after || after.kind === 'mark' || TAG_GOES_ON.test(after.lower);
}

function fold(model: TextModel, start: number, end: number, quoted: Quotation[]): Token[] {
  const items: Token[] = [];
  let from = start;
  const plain = (to: number) => {
    for (const token of tokenise(model.text, from, to, model.language)) items.push(token);
  };
  for (const { outer } of quoted) {
    plain(outer.start);
    items.push({
      start: outer.start,
      end: outer.end,
      kind: 'quotation',
      text: model.text.slice(outer.start, outer.end),
      lower: '',
      capital: false,
    });
    from = outer.end;
  }
  plain(end);
  return items;
}
