// Where something was said: interview, committee, statement, report, by the words around what was said.
import type { Span } from '../record/suggestion.ts';
import type { Venue } from '../record/vocabulary.ts';
import type { Frame } from './frame.ts';

/** A pattern between word borders of any script; "\\b" knows no accents. */
const words = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu');

/** The first that fits counts: the closer a phrase names the occasion, the earlier it stands. */
const VENUES: [Venue, RegExp][] = [
  [
    'press-conference',
    words('(?:press|news) conference|press briefing|conférence de presse|point[- ]presse|point de presse'),
  ],
  ['press-release', words('(?:press|news) release|communiqués?(?: de presse)?')],
  [
    'committee',
    words(
      "(?:select |home affairs |\\p{L}+ )?committee|(?:devant|par) (?:la|une) (?:commission|mission)(?: (?:parlementaire|d['’]enquête|des \\p{L}+|d['’]information))?|commission (?:parlementaire|d['’]enquête|des lois)",
    ),
  ],
  [
    'interview',
    words(
      '(?:in|during|told|to) (?:an|his|her|their)?\\s?(?:\\p{L}+ )?interview|interview(?:ed)?(?: (?:with|by|given|accordée?|donnée?|publiée?|à|au|de))?|entretien (?:à|au|avec|accordé|publié|donné|téléphonique)|interrogée? par|invitée? de',
    ),
  ],
  [
    'broadcast',
    words(
      "(?:on|to|told) (?:the )?(?:\\p{L}+ )?(?:radio|television|TV)|radio|television|TV|BBC|CNN|ITV|Sky News|broadcaster|télévision|à l['’]antenne|au micro|journal (?:télévisé|de \\d+ ?h(?:eures)?)|franceinfo|France (?:Inter|Info|Culture|Bleu|2|3|5)|RTL|RMC|BFM(?:TV)?|TF1|Europe 1|LCI|CNews",
    ),
  ],
  [
    'written-statement',
    words(
      '(?:in|issued|released|by) (?:a|his|her|their|its|an) (?:\\p{L}+ )?statement|in (?:a )?written (?:statement|reply|answer|response)|written (?:statement|reply|answer)|déclarations? écrites?|réponses? écrites?|par écrit',
    ),
  ],
  [
    'parliament',
    words(
      'parliament|House of Commons|House of Lords|the Commons|the Lords|MPs|senators|Assemblée(?: nationale)?|au Sénat|devant (?:les députés|les sénateurs|le Sénat)|à la tribune',
    ),
  ],
  [
    'court',
    words(
      "(?:told|before|in|to) (?:the|a) (?:\\p{L}+ )?(?:court|tribunal|judge|inquest|jury)|(?:devant|à) (?:le tribunal|la cour|la barre|les juges)|à l['’]audience",
    ),
  ],
  [
    'social-media',
    words(
      'twitter|tweet(?:ed|s)?|facebook|on X|instagram|mastodon|bluesky|telegram|linkedin|sur X|a tweeté|réseaux? socia(?:l|ux)|social media',
    ),
  ],
  [
    'speech',
    words(
      '(?:in|during) (?:a|his|her|their) (?:\\p{L}+ )?speech|(?:dans|lors de|pendant) (?:un|son|leur) (?:\\p{L}+ )?(?:discours|allocution)',
    ),
  ],
  [
    'letter',
    words(
      '(?:in|by) (?:a|an|his|her|their) (?:\\p{L}+ )?(?:letter|email|e-mail)|(?:dans|par) (?:une|un|sa|son|leur) (?:\\p{L}+ )?(?:lettre|courrier|courriel|missive)',
    ),
  ],
  [
    'report',
    words(
      '(?:in|report) (?:a|its|the|their|his|her|an) (?:\\p{L}+ )?report|reports? (?:said|says|found|finds|states|stated|by|published)|dans (?:un|son|le|leur) (?:\\p{L}+ )?rapport|rapport (?:publié|indique|affirme|relève|conclut|souligne|de)',
    ),
  ],
];

/** The first letters of words of which every pattern needs one; most sentences have none, and are not searched. */
const BEGINNINGS = new Set(
  'pres news conf brie poin rele comm miss inte entr invi radi tele télé tv bbc cnn itv sky broa ante micr jour fran rtl rmc bfm bfmt tf1 euro lci cnew stat writ décl répo écri parl lord mps sena séna asse dépu trib cour judg inqu jury barr juge audi twit twee face x inst mast blue link rése soci spee disc allo lett emai repo rapp'.split(
    ' ',
  ),
);

function mayNameVenue({ lower }: { lower: string }): boolean {
  if (BEGINNINGS.has(lower.slice(0, 4)) || lower.includes('-')) return true;
  // An elision that the language of the text does not cut: "l'Assemblée" in English.
  const apostrophe = lower.indexOf("'");
  return apostrophe > 0 && apostrophe < lower.length - 1;
}

/** Where it was said, from the words of the sentence around the content. */
export function venueOf(frame: Frame, content: Span[]): Venue | null {
  if (!frame.items.some(mayNameVenue)) return null;
  let around = '';
  for (const item of frame.items) {
    if (item.kind === 'quotation' || content.some((part) => item.start >= part.start && item.end <= part.end))
      continue;
    // Elided and hyphenated words are put together as they were printed.
    around += around.endsWith("'") || around.endsWith('’') ? item.text : ` ${item.text}`;
    if (around.length > 1200) break;
  }
  return VENUES.find(([, pattern]) => pattern.test(around))?.[0] ?? null;
}
