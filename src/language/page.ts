// The parts of a page: title, headings, captions, and the furniture around a text that says nothing about its matter.
import type { Block, ProposeContext, Span } from '../record/suggestion.ts';
import type { TextModel } from './text-model.ts';

/** A paragraph of the text and its role on the page. */
export interface PageParagraph extends Span {
  kind: 'title' | 'heading' | 'body' | 'caption' | 'furniture';
}

/** Furniture stands in short paragraphs; a longer one is text, whatever its words. */
const LONGEST_FURNITURE = 240;

const FURNITURE: RegExp[] = [
  /^(?:log ?in|sign (?:in|up)|log out|register|subscribe|become a (?:member|subscriber)|join (?:us|now|the))\b/i,
  /^(?:se connecter|connectez-vous|s'inscrire|inscrivez-vous|abonnez-vous|s'abonner|je m'abonne|devenez (?:membre|abonné))/i,
  /\bto (?:leave|post|write) a comment\b|\bpour (?:laisser|poster|écrire) un commentaire\b/i,
  /^(?:leave a (?:comment|reply)|laisse[rz] un commentaire|\d+ (?:comments?|commentaires?)|reply|répondre|share|partager)\.?$/i,
  /^(?:share (?:this|on)|partager (?:sur|cet)|follow us|suivez-nous|read (?:more|also|next)|see also|lire (?:aussi|la suite|plus)|à lire|voir aussi|related (?:articles?|stories)|most (?:read|popular)|recommended|print|email|imprimer|tweet)\b/i,
  /^(?:advertisement|publicité|sponsored|newsletter|skip to|back to top|haut de page|menu|navigation|search|recherche)\b.{0,60}$/i,
  /\b(?:we|this (?:web)?site|our partners) uses? cookies\b|\baccept (?:all )?cookies\b|\bcookie (?:policy|settings|preferences)\b/i,
  /\b(?:utilis\w+ des cookies|accepter (?:tous )?les cookies|gérer les cookies|politique de cookies)\b/i,
  /\ball rights reserved\b|\btous droits réservés\b|\bterms (?:of use|and conditions)\b|\bprivacy policy\b|\bmentions légales\b/i,
  /^(?:©|\(c\)|copyright\b)/i,
  /^(?:published|updated|last updated|posted|first published|publié|mis à jour|modifié|posté)\b.{0,60}\d/i,
  /^(?:tags?|topics?|filed under|mots[- ]clés|thèmes?)\s*:/i,
];

const BYLINE =
  /^(?:By|BY|by|Par|PAR|par)\s+\p{Lu}[\p{L}.'’-]+(?:\s+(?:and|et|,)?\s*\p{Lu}[\p{L}.'’-]+){0,6}(?:[,|–-].{0,60})?$/u;

const CAPTION =
  /(?:^|[\s(.])(?:photos?|image|picture|photograph|crédits?|credit|illustration|légende|caption)(?: credit)?\s*[:©(]|©|\/\s?(?:AFP|AP|Reuters|EPA|Getty|SIPA|REA|MAXPPP)\b|\b(?:Getty Images|AP Photo)\b/i;

/** After such a heading only readers speak. */
const COMMENTS =
  /^(?:(?:member|reader|user)s?['’]?s? comments?|comments?(?: \(\d+\))?|leave a comment|join the (?:conversation|discussion)|(?:vos |les )?commentaires?(?: \(\d+\))?|réactions?(?: des (?:lecteurs|internautes|abonnés))?)\s*:?$/i;

/**
 * Gives each paragraph its role. What the reader found (`context.blocks`) is believed; beyond that a repeated
 * paragraph, a credit, a byline or a call to subscribe is told by its words.
 */
export function readPage(model: TextModel, context: ProposeContext): PageParagraph[] {
  const blocks = [...(context.blocks ?? [])].sort((a, b) => a.start - b.start);
  const title = context.title?.trim().toLowerCase() || null;
  const seen = new Set<string>();
  const paragraphs: PageParagraph[] = [];
  let block = 0;
  let body = 0;
  let comments = false;
  for (const { start, end } of model.paragraphs) {
    const middle = (start + end) / 2;
    while (block < blocks.length && blocks[block]!.end <= middle) block++;
    const given = block < blocks.length && blocks[block]!.start <= middle ? blocks[block]!.kind : null;
    const words = end - start <= 2000 ? model.text.slice(start, end) : null;
    if (words && body > 0 && COMMENTS.test(words)) comments = true;
    let kind = comments ? 'furniture' : kindOf(words, given, paragraphs.length === 0, title);
    if (words && words.length >= 25 && given !== 'table') {
      // A page printed twice over (standfirst, teaser, text) is read once. The title counts where it first stands.
      if (seen.has(words)) kind = 'furniture';
      seen.add(words);
    }
    if (kind === 'body') body++;
    paragraphs.push({ start, end, kind });
  }
  return paragraphs;
}

function kindOf(
  words: string | null,
  given: Block['kind'] | null,
  first: boolean,
  title: string | null,
): PageParagraph['kind'] {
  if (given === 'furniture' || given === 'caption' || given === 'title' || given === 'heading') return given;
  if (words === null) return 'body';
  if (title !== null && words.toLowerCase() === title) return 'title';
  if (words.length >= 4 && words.length <= LONGEST_FURNITURE) {
    if (FURNITURE.some((pattern) => pattern.test(words)) || BYLINE.test(words)) return 'furniture';
  }
  if (words.length <= 400 && CAPTION.test(words)) return 'caption';
  const ended = /[.!?…:;,"”»’)\]]\s*$/.test(words);
  if (!ended && words.length <= 160 && given !== 'list-item' && given !== 'table') {
    if (first) return 'title';
    if (given === null && words.length <= 120 && !/\d/.test(words)) return 'heading';
  }
  return 'body';
}
