// What a verb of saying governs on its right: a quotation, a clause, an infinitive, a noun phrase.
import type { Complement, Cue } from './attribution.ts';
import type { CueForm } from './cue.ts';
import { lastItem } from './extent.ts';
import { type Grammar, isMark, isQuotation, lower, upos } from './grammar.ts';
import type { Phrase } from './naming.ts';
import { phraseAfter, phraseOf } from './phrase.ts';
import { reflexiveFrom } from './saying.ts';

/** Verbs of naming: the quotation after them is a name. */
const NAMING = /^(?:call|dub|label|brand|describe|appeler|qualifier|décrire|deem)$/;

/** What the verb of `cue` governs on its right. */
export function complementOf(grammar: Grammar, cue: Cue): Complement {
  if (cue.governed) return cue.governed;
  const { chunks, language, lexicon } = grammar;
  const { entry } = cue;
  const end = lastItem(grammar);
  let addressee: Phrase | null = null;
  let at = cue.clauseTo < grammar.items.length ? grammar.chunkOf[cue.clauseTo]! : chunks.length;
  if (cue.inverted && cue.subject) addressee = addresseeBetween(grammar, cue);
  const item = () => chunks[at]?.from ?? grammar.items.length;
  const say = (kind: Complement['kind'], from: number, marked: boolean): Complement => ({
    kind,
    from,
    to: end,
    addressee,
    marked,
    adverbialTo: Math.min(item(), grammar.items.length),
  });
  // "shot back:", "went on:"
  if (language === 'en' && /^(?:back|away)$/.test(lower(grammar, item()))) at++;
  const figured =
    language === 'fr' && !cue.inverted && FIGURING.test(entry.lemma) ? figureFrame(grammar, at) : null;
  if (figured !== null) return say('object', figured, false);
  let direct = true;
  if (!cue.inverted && language === 'en' && chunks[at]?.kind === 'noun' && !chunks[at]!.time) {
    const special = objectFrame(grammar, cue, at, end);
    if (special !== null) return say('object', special, false);
    if (entry.hearer) {
      const hearer = phraseAfter(grammar, chunks[at]!.from);
      const next = hearer ? grammar.chunkOf[Math.min(hearer.to, grammar.items.length - 1)]! : at;
      const bareClause =
        entry.bare &&
        entry.lemma !== 'tell' &&
        chunks[next]?.kind === 'verb' &&
        chunks[next]!.verb!.form === 'finite';
      if (hearer && !bareClause && hearer.to <= end) {
        addressee = hearer;
        at = hearer.to < grammar.items.length ? next : chunks.length;
      }
    }
  } else if (
    !cue.inverted &&
    language === 'fr' &&
    chunks[at]?.kind === 'noun' &&
    (entry.against || entry.predicate)
  ) {
    const special = objectFrame(grammar, cue, at, end);
    if (special !== null) return say('object', special, false);
  } else if (
    !cue.inverted &&
    language === 'fr' &&
    chunks[at]?.kind === 'noun' &&
    !chunks[at]!.time &&
    entry.hearer
  ) {
    const hearer = phraseAfter(grammar, chunks[at]!.from);
    if (hearer && hearer.to < end) {
      addressee = hearer;
      at = grammar.chunkOf[hearer.to]!;
    }
  }
  for (let step = 0; step < 10; step++) {
    const chunk = chunks[at];
    if (!chunk || chunk.from >= end) {
      const colon = isMark(grammar, end, ':') || isMark(grammar, chunk?.from ?? -1, ':');
      // "ordered the eviction": the noun phrase taken for the hearer is what was said.
      if (!colon && addressee && entry.object && !cue.inverted && addressee.from >= cue.clauseTo) {
        const { from } = addressee;
        addressee = null;
        return say('object', from, false);
      }
      return colon ? say('colon', end, true) : say('none', end, false);
    }
    if (chunk.kind === 'quotation')
      return NAMING.test(entry.lemma) ? say('none', end, false) : say('quotation', chunk.from, true);
    if (chunk.kind === 'colon') {
      if (chunk.to >= end) return say('colon', end, true);
      return say(isQuotation(grammar, chunk.to) ? 'quotation' : 'clause', chunk.to, true);
    }
    if (chunk.kind === 'comma') {
      if (isQuotation(grammar, chunk.to)) return say('quotation', chunk.to, true);
      const resumed = afterParenthesis(grammar, at, end, entry);
      if (resumed === null) return say('none', end, false);
      at = resumed;
      continue;
    }
    // "condemned what he called “a disgrace”"
    if (
      chunk.kind === 'that' &&
      lower(grammar, chunk.from) === 'what' &&
      entry.object &&
      direct &&
      !cue.inverted
    )
      return say('object', chunk.from, false);
    if (chunk.kind === 'that' && entry.clause && (!cue.inverted || language === 'en')) {
      const word = lower(grammar, chunk.from);
      const asked = /^(?:when|quand|where|où)$/.test(word)
        ? entry.act === 'asks'
        : !/^(?:if|whether|si|s')$/.test(word) ||
          entry.act === 'asks' ||
          /^(?:say|tell|know|dire|préciser|savoir|decide|confirm|clarify)$/.test(entry.lemma);
      return asked ? say('clause', chunk.from, true) : say('none', end, false);
    }
    if (chunk.kind === 'verb') {
      // « se disant ouverte à », « s'est dite bouleversée par »
      if (chunk.verb!.form === 'participle' && isSelfDeclared(grammar, cue))
        return say('object', chunk.from, false);
      const governed = verbalComplement(grammar, cue, at, addressee !== null);
      if (governed !== null) return say('infinitive', governed, true);
      return say('none', end, false);
    }
    if (chunk.kind === 'preposition') {
      const word = lower(grammar, chunk.head);
      const next = chunks[at + 1];
      if (
        language === 'fr' &&
        entry.infinitive &&
        /^(?:de|d'|à)$/.test(word) &&
        (next?.kind === 'verb' ? next.verb!.form === 'infinitive' : next?.kind === 'quotation')
      )
        return say('infinitive', chunk.from, true);
      if (
        !(entry.lemma === 'call' && word === 'on') &&
        entry.prepositions.includes(word) &&
        !cue.inverted &&
        next &&
        next.kind !== 'quotation' &&
        !(next.kind === 'noun' && next.time)
      )
        return { ...say('object', chunk.to, false), cueTo: chunk.to };
      if (language === 'en' && entry.lemma === 'call' && word === 'on') {
        const hearer = next?.kind === 'noun' ? phraseAfter(grammar, next.from) : null;
        const then = hearer && hearer.to < end ? chunks[grammar.chunkOf[hearer.to]!] : undefined;
        if (!hearer || then?.verb?.form !== 'infinitive') return say('none', end, false);
        addressee = hearer;
        return { ...say('infinitive', then.from, true), cueTo: chunk.to };
      }
      if (next?.kind === 'noun' || next?.kind === 'quotation' || next?.kind === 'verb') {
        if (/^(?:to|à|au|aux|devant|auprès|before)$/.test(word) && next.kind === 'noun') {
          const hearer = phraseAfter(grammar, next.from);
          const whole = lexicon.determiners.has(lower(grammar, next.from)) || /^(?:au|aux)$/.test(word);
          const asked = hearer && entry.infinitive && language === 'fr' && whole;
          const own = cue.subject !== null && hearer !== null && hearer.from === cue.subject.from;
          if (
            hearer &&
            !own &&
            !isTown(grammar, at, at + 1) &&
            !addressee &&
            (asked || hearer.kind !== 'other') &&
            !next.time
          )
            addressee = asked ? phraseOf(grammar, next, end) : hearer;
        }
        const past = pastAdverbial(grammar, at, end, entry);
        if (past === null) return say('none', end, false);
        at = past;
        // « réclame depuis des mois une révision », « demande à la ville une aide »
        direct = direct && language === 'fr' && /^(?:depuis|dès|à|au|aux)$/.test(word);
        continue;
      }
      at++;
      continue;
    }
    if (chunk.kind === 'other' && isSelfDeclared(grammar, cue))
      return upos(grammar, chunk.from) === 'ADJ' ? say('object', chunk.from, false) : say('none', end, false);
    if (chunk.kind === 'adverb' || chunk.kind === 'other') {
      // "says more than 1,000 tents were", « évoquent plus de 600 exilés »
      if (!cue.inverted && GRADES.test(`${lower(grammar, chunk.from)} ${lower(grammar, chunk.to)}`)) {
        if (language === 'en' && entry.bare && clauseFollows(grammar, at))
          return say('clause', chunk.from, false);
        if (entry.object && direct) return say('object', chunk.from, false);
      }
      at++;
      continue;
    }
    if (
      chunk.kind === 'conjunction' &&
      entry.bare &&
      !cue.inverted &&
      /^(?:if|when|while|although|because|unless|as|since|after|before)$/.test(lower(grammar, chunk.head))
    )
      return clauseFollows(grammar, at + 1) ? say('clause', chunk.from, false) : say('none', end, false);
    if (chunk.kind === 'noun') {
      if (cue.inverted) return say('none', end, false);
      if (chunk.time && chunks[at + 1]?.kind !== 'verb') {
        at++;
        continue;
      }
      const bare = language === 'en' && entry.bare;
      if (bare && clauseFollows(grammar, at)) return say('clause', chunk.from, false);
      if (entry.object && (addressee === null || language === 'fr') && direct)
        return say('object', chunk.from, false);
    }
    return say('none', end, false);
  }
  return say('none', end, false);
}

/** « au cours d'un déplacement », « à l'issue de la réunion »: when and where, not to whom. */
const OCCASIONS =
  /^(?:cours|issue|sein|micro|terme|lendemain|sortie|occasion|nom|moment|antenne|barre|téléphone|travers|propos|sujet|tribune|audience|retour|passage|titre)$/;

/** « à Calais »: a single name without an article behind « à » is where, not to whom. */
function isTown(grammar: Grammar, preposition: number, name: number): boolean {
  const chunk = grammar.chunks[name];
  if (grammar.language === 'fr' && OCCASIONS.test(lower(grammar, chunk?.head ?? -1))) return true;
  return (
    lower(grammar, grammar.chunks[preposition]!.head) === 'à' &&
    chunk !== undefined &&
    chunk.to - chunk.from === 1 &&
    grammar.items[chunk.head]!.capital
  );
}

const GRADES = /^(?:more|fewer|less) than$|^(?:plus|moins|près) (?:de|d'|des)$/;

const FIGURING = /^(?:estimer|chiffrer|évaluer)$/;

/** « estime *à dix-huit mois la durée* », « chiffre *les travaux à 4 millions* »: the item where it begins. */
function figureFrame(grammar: Grammar, at: number): number | null {
  const { chunks } = grammar;
  for (let next = at; next < at + 4 && chunks[next]; next++) {
    const chunk = chunks[next]!;
    if (/^(?:à|entre)$/.test(lower(grammar, chunk.head)) && chunk.kind === 'preposition')
      for (let item = chunk.to; item < chunk.to + 4; item++)
        if (upos(grammar, item) === 'NUM' || grammar.items[item]?.kind === 'number') return chunks[at]!.from;
    if (chunk.kind !== 'noun' && chunk.kind !== 'preposition' && chunk.kind !== 'adverb') return null;
  }
  return null;
}

/** « se dit prêt », « s'est déclarée satisfaite »: what follows tells of the speaker. */
function isSelfDeclared(grammar: Grammar, cue: Cue): boolean {
  if (grammar.language !== 'fr' || !/^(?:dire|déclarer|montrer)$/.test(cue.entry.lemma)) return false;
  const verb = grammar.chunks[grammar.chunkOf[cue.to - 1]!]!;
  return reflexiveFrom(grammar, verb) < verb.verb!.first;
}

/** « a indiqué jeudi *à l'AFP* une source policière »: whom the words between verb and subject address. */
function addresseeBetween(grammar: Grammar, cue: Cue): Phrase | null {
  const { chunks } = grammar;
  for (
    let at = grammar.chunkOf[cue.to - 1]! + 1;
    at + 1 < chunks.length && chunks[at]!.from < cue.subject!.from;
    at++
  )
    if (
      chunks[at]!.kind === 'preposition' &&
      /^(?:à|au|aux|auprès|devant)$/.test(lower(grammar, chunks[at]!.head))
    ) {
      const next = chunks[at + 1]!.kind === 'preposition' ? at + 2 : at + 1;
      const own = (chunks[next]?.from ?? 0) >= cue.subject!.from || isTown(grammar, at, next);
      if (chunks[next]?.kind === 'noun' && !chunks[next]!.time && !own) {
        const hearer = phraseOf(grammar, chunks[next]!, cue.subject!.from);
        const bare = hearer.kind === 'other' && hearer.to - hearer.from === 1;
        return bare && !grammar.items[hearer.from]!.capital ? null : hearer;
      }
    }
  return null;
}

/** "accused *the state of…*", "called *it a shame*", « a accusé l'État de… »: the item where what is said of the object begins. */
function objectFrame(grammar: Grammar, cue: Cue, at: number, end: number): number | null {
  const { chunks } = grammar;
  const { entry } = cue;
  if (!entry.against && !entry.predicate) return null;
  const object = phraseAfter(grammar, chunks[at]!.from);
  if (!object) return null;
  if (entry.against && containsPreposition(grammar, object, entry.prepositions)) return object.from;
  if (object.to >= end) return null;
  const next = chunks[grammar.chunkOf[object.to]!]!;
  const word = lower(grammar, next.from);
  if (entry.against && entry.prepositions.includes(word)) return object.from;
  if (entry.predicate) {
    const says =
      next.kind === 'quotation' ||
      word === 'as' ||
      word === 'comme' ||
      word === 'de' ||
      word === "d'" ||
      (object.kind === 'pronoun' && (next.kind === 'noun' || next.kind === 'other'));
    if (says) return object.from;
  }
  return null;
}

/** « accuse l'État de violences »: « de » ties the noun phrase together, so that it holds both parties. */
function containsPreposition(grammar: Grammar, phrase: Phrase, words: string[]): boolean {
  for (let at = phrase.from + 1; at < phrase.to; at++)
    if (words.includes(lower(grammar, at)) && upos(grammar, at) === 'ADP') return true;
  return false;
}

/** "promised *to reopen*", "denied *taking*", « a affirmé *avoir reçu* ». */
function verbalComplement(grammar: Grammar, cue: Cue, at: number, addressed: boolean): number | null {
  const { entry } = cue;
  const chunk = grammar.chunks[at]!;
  const { form } = chunk.verb!;
  if (form === 'gerund') return entry.gerund && grammar.language === 'en' ? chunk.from : null;
  // « explique avoir », « indique ne pas disposer »: French verbs of saying take an infinitive for "that he …".
  const clausal = grammar.language === 'fr' && entry.clause && !entry.weak;
  if (form !== 'infinitive' || (!entry.infinitive && !clausal) || (cue.inverted && grammar.language === 'en'))
    return null;
  if (grammar.language === 'fr') return cue.inverted ? null : chunk.from;
  const needsHearer = entry.hearer && entry.act !== 'promises' && entry.lemma !== 'ask';
  return needsHearer && !addressed ? null : chunk.from;
}

/** "said, without giving details, that": past a parenthesis to what the verb governs; the chunk there, or null. */
function afterParenthesis(grammar: Grammar, comma: number, end: number, entry: CueForm): number | null {
  const { chunks } = grammar;
  const word = lower(grammar, chunks[comma]!.to);
  if (/^(?:however|though|cependant|toutefois|pourtant|néanmoins|meanwhile)$/.test(word))
    return chunks[comma + 2]?.kind === 'comma' ? comma + 3 : comma + 2;
  // « Les associations évoquent, elles, 600 exilés », « dit, de son côté, »
  if (grammar.language === 'fr' && OWN_SIDE.test(textOf(grammar, comma))) {
    for (let at = comma + 1; at < comma + 6; at++) if (chunks[at]?.kind === 'comma') return at + 1;
  }
  for (let at = comma + 1; at < chunks.length && at < comma + 14; at++) {
    const chunk = chunks[at]!;
    if (chunk.from >= end) return null;
    if (
      chunk.verb?.form === 'finite' &&
      chunks[at - 1]?.kind !== 'relative' &&
      (chunks[comma + 1]?.kind !== 'conjunction' || /^(?:and|but|et|mais)$/.test(word))
    )
      return null;
    if (chunk.kind === 'colon') return at;
    if (chunk.kind !== 'comma') continue;
    const next = chunks[at + 1];
    const goesOn = entry.infinitive && /^(?:de|d'|à)$/.test(lower(grammar, next?.from ?? -1));
    return goesOn || next?.kind === 'that' || next?.kind === 'quotation' ? at + 1 : null;
  }
  return null;
}

const OWN_SIDE =
  /^(?:lui|elle|eux|elles|lui-même|elle-même|(?:quant|pour|de) (?:à )?(?:lui|elle|eux|elles|sa part|leur part|son côté|leur côté))$/;

/** The words between the comma that is chunk `comma` and the next one, at most six. */
function textOf(grammar: Grammar, comma: number): string {
  const words: string[] = [];
  for (let at = grammar.chunks[comma]!.to; at < grammar.items.length && words.length < 6; at++) {
    if (grammar.items[at]!.kind === 'mark') break;
    words.push(grammar.items[at]!.lower);
  }
  return words.join(' ');
}

/** Past "in a statement on Tuesday", « à l'issue d'une réunion »: the chunk after the adverbial that begins at `at`. */
function pastAdverbial(grammar: Grammar, at: number, end: number, entry: CueForm): number | null {
  const { chunks } = grammar;
  let next = at;
  for (let step = 0; step < 10; step++) {
    const chunk = chunks[next];
    if (!chunk || chunk.from >= end) return next;
    if (next > at && chunk.kind === 'preposition' && entry.prepositions.includes(lower(grammar, chunk.head)))
      return next;
    const governs = entry.infinitive && next > at && chunks[next + 1]?.verb?.form === 'infinitive';
    const quotes = entry.infinitive && next > at && chunks[next + 1]?.kind === 'quotation';
    if ((governs || quotes) && /^(?:de|d'|à)$/.test(lower(grammar, chunk.head))) return next;
    if (
      chunk.kind === 'preposition' &&
      (chunks[next + 1]?.kind === 'noun' || chunks[next + 1]?.kind === 'quotation')
    ) {
      // "said in Calais the camp was empty": the phrase after the preposition, then the clause.
      next += 2;
      continue;
    }
    if (
      chunk.kind === 'preposition' &&
      chunks[next + 1]?.kind === 'verb' &&
      chunks[next + 1]!.verb!.form !== 'finite'
    ) {
      next += 2;
      continue;
    }
    if (
      chunk.kind === 'verb' &&
      (chunk.verb!.form === 'participle' || chunk.verb!.form === 'gerund') &&
      next > at
    ) {
      // « dans un communiqué publié mardi », "in a report released on Monday"
      next++;
      continue;
    }
    if (
      chunk.kind === 'conjunction' &&
      chunks[next + 1]?.kind === 'noun' &&
      chunks[next + 2]?.kind !== 'verb' &&
      /^(?:and|et)$/.test(lower(grammar, chunk.head))
    ) {
      next += 2;
      continue;
    }
    if (chunk.kind === 'noun' && chunk.time) {
      next++;
      continue;
    }
    break;
  }
  return next === at ? null : next;
}

/** Whether a clause without "that" begins at chunk `at`: a noun phrase, what belongs to it, and its finite verb. */
function clauseFollows(grammar: Grammar, at: number): boolean {
  const { chunks } = grammar;
  let relative = 0;
  for (let next = at; next < chunks.length && next < at + 22; next++) {
    const chunk = chunks[next]!;
    if (chunk.kind === 'verb' && chunk.verb!.form === 'finite') {
      if (relative > 0) {
        relative--;
        continue;
      }
      return next > at;
    }
    if (chunk.kind === 'relative') relative++;
    if (chunk.kind === 'that' && next > at) relative++;
    if (/^(?:stop|colon)$/.test(chunk.kind)) return false;
    if (chunk.kind === 'quotation') {
      // ‘say the cladding “should never have been sold”’: the quotation holds the verb.
      const inner = grammar.items[chunk.head]!.text.slice(1).trimStart();
      return next > at && chunks[next - 1]!.kind === 'noun' && /^\p{Ll}/u.test(inner);
    }
  }
  return false;
}
