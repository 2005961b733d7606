// Where something was said: interview, committee, statement, report, by the words around what was said.
import type { Span } from '../record/suggestion.ts';
import type { Venue } from '../record/vocabulary.ts';
import type { Frame } from './frame.ts';

const VENUES: [Venue, RegExp][] = [
  [
    'press-conference',
    /\b(?:press|news) conference\b|\bpress briefing\b|conférence de presse|point[- ]presse/i,
  ],
  ['press-release', /\bpress release\b|\bcommuniqué\b/i],
  ['committee', /\bcommittee\b|\bcommission (?:parlementaire|d['’]enquête|des lois)/i],
  ['interview', /\binterview\b|\bentretien (?:à|au|avec|accordé)/i],
  [
    'written-statement',
    /\bin a (?:\w+ )?statement\b|\bwritten (?:statement|reply|answer)\b|déclaration écrite|par écrit/i,
  ],
  [
    'parliament',
    /\b(?:parliament|House of Commons|House of Lords|MPs|senators)\b|Assemblée nationale|au Sénat|devant les députés/i,
  ],
  [
    'court',
    /\b(?:told|before|in) (?:the|a) (?:\w+ )?(?:court|tribunal|judge)\b|(?:devant|à) (?:le tribunal|la cour|la barre)/i,
  ],
  [
    'social-media',
    /\b(?:twitter|tweeted|tweet|facebook|on X|instagram|mastodon|bluesky)\b|sur X\b|a tweeté/i,
  ],
  ['broadcast', /\b(?:radio|television|TV|BBC|broadcaster)\b|\btélévision\b|\bà l['’]antenne\b|franceinfo/i],
  ['speech', /\bin a speech\b|\bdans un discours\b/i],
  ['letter', /\bin (?:a|an open) letter\b|\bdans une lettre\b/i],
  [
    'report',
    /\b(?:in|report) (?:a|its|the|their) (?:\w+ )?report\b|\breport (?:said|says|found|states)\b|dans (?:un|son|le|leur) rapport|rapport (?:publié|indique|affirme)/i,
  ],
];

/** Where it was said, from the words of the sentence around the content. */
export function venueOf(frame: Frame, content: Span[]): Venue | null {
  let around = '';
  for (const item of frame.items) {
    if (item.kind === 'quotation' || content.some((part) => item.start >= part.start && item.end <= part.end))
      continue;
    around += ` ${item.text}`;
    if (around.length > 1200) break;
  }
  return VENUES.find(([, pattern]) => pattern.test(around))?.[0] ?? null;
}
