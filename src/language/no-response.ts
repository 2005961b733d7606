// Silence as an answer: "did not respond to a request for comment", « n'a pas souhaité réagir ».
import { add, type Conversation, span } from './conversation.ts';
import { cueOf } from './cue.ts';
import type { Frame } from './frame.ts';
import { type Grammar, isVerbal, lower } from './grammar.ts';
import { subjectBefore } from './subject.ts';

const NO_RESPONSE = {
  en: /^(?:(?:did|has|have|had|does|do) (?:not|n't)|didn't|hasn't|haven't|hadn't|doesn't|don't)(?: (?:immediately|yet|ever|so far|publicly))* (?:respond|responded|reply|replied|answer|answered|return|returned|comment|commented)\b|^(?:has|have|had) (?:declined|refused) to (?:comment|answer|respond|speak|be interviewed|be drawn|say|elaborate|discuss)\b|^(?:declined|refused|declines|refuses) to (?:comment|answer|respond|speak|be interviewed|be drawn|say|elaborate|discuss)\b|^would not (?:comment|be drawn|say|discuss|elaborate)\b|^could not (?:immediately )?be reached\b|^(?:was|were) not (?:immediately )?(?:available|reachable)\b|^(?:made|offered|had|gave) no (?:comment|reply|response|answer)\b/,
  fr: /^n' ?(?:a|ont|avait|avaient) (?:pas|jamais)(?: (?:encore|immédiatement|été|toujours))*(?: (?:répondu|réagi|donné suite|commenté)|(?: souhaité| voulu| désiré) (?:répondre|réagir|commenter|s' exprimer|faire|donner|apporter))|^(?:a|ont|avait|avaient) (?:refusé|décliné)(?: (?:de|d'|toute|tout|nos|notre|ses|sa|nos))+ ?(?:répondre|réagir|commenter|s' exprimer|commentaire|demandes?|interview)|^s' (?:est|était) refusée?s? à tout commentaire|^se (?:refuse|refusent) à tout commentaire|^n' (?:était|étaient) pas joignables?|^reste(?:nt)? (?:injoignables?|muets?|muettes?)/,
};

const NO_RESPONSE_START = {
  en: /^(?:did|does|do|has|have|had|didn't|doesn't|don't|hasn't|haven't|hadn't|declined|refused|declines|refuses|could|would|was|were|made|offered|gave)$/,
  fr: /^(?:n'|a|ont|avait|avaient|s'|se|reste|restent)$/,
};

const ABOUT_COMMENT =
  /\b(?:comment|requests?|questions?|inquir|enquir|e-?mails?|messages?|calls?|letters?|reached|available|interviewed|speak|drawn|elaborate)|\bto (?:say|discuss)\b|\bwould not (?:say|discuss)\b|\b(?:respond|reply|answer|responded|replied)(?: [.,;]| (?:by|when|before|at|on) |$)/;
const ABOUT_ANSWER =
  /^(?!n' (?:a|ont) pas répondu (?:à|aux|au) (?:la |l' )?(?:command|traitement|attente|besoin|critère|exigence|appel d' offres))/;

/** Whether a verb of saying stands here, perhaps behind « a » or an adverb. */
function entrySaid(grammar: Grammar, at: number): boolean {
  return [at, at + 1, at + 2].some((index) => {
    const cue = isVerbal(grammar, index) ? cueOf(lower(grammar, index), grammar.language) : undefined;
    return cue !== undefined && /^(?:finite|participle)$/.test(cue.form);
  });
}

/** Reads a refusal to answer; returns the items it takes, an empty range at 0 where there is none. */
export function readNoResponse(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
): { from: number; to: number } {
  const { items, language } = grammar;
  for (let at = 0; at < items.length; at++) {
    if (items[at]!.kind !== 'word' || !NO_RESPONSE_START[language].test(items[at]!.lower)) continue;
    const words = items
      .slice(at, at + 14)
      .map((item) => item.lower)
      .join(' ');
    if (!NO_RESPONSE[language].test(words)) continue;
    if (language === 'en' ? !ABOUT_COMMENT.test(words) : !ABOUT_ANSWER.test(words)) continue;
    const subject = subjectBefore(grammar, grammar.chunkOf[at]!);
    if (!subject || subject.pronoun?.refers === 'author') continue;
    // An engine does not respond either: what is no person or body must have been asked something.
    if (subject.kind === 'other' && !/comment|request|question|sollicit|demande|s' exprimer/.test(words))
      continue;
    let end = at + 1;
    while (
      end < items.length &&
      !(items[end]!.kind === 'mark' && /[.,;:!?]/.test(items[end]!.text)) &&
      items[end]!.kind !== 'quotation' &&
      // "declined to comment but said that…"
      !(/^(?:but|and|mais|et)$/.test(items[end]!.lower) && entrySaid(grammar, end + 1))
    )
      end++;
    add(conversation, frame, {
      mode: 'indirect',
      act: 'no-response',
      content: [span(items, at, end)],
      cue: null,
      subject,
      addressee: null,
      confidence: 0.86,
    });
    return { from: at, to: end };
  }
  return { from: 0, to: 0 };
}
