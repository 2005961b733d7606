// The words of what stands around a text: bylines, dates, credits, prompts, links, cookies, footers, in both languages.

/** What a paragraph of furniture is. */
export type Furniture =
  | 'byline'
  | 'date'
  | 'prompt'
  | 'share'
  | 'related'
  | 'tags'
  | 'advertisement'
  | 'cookies'
  | 'navigation'
  | 'comments'
  | 'footer'
  | 'footnote'
  | 'page-number';

/** Furniture stands in short paragraphs; a longer one is text, whatever its words. */
const LONGEST_FURNITURE = 320;

/** Nobody but a page itself says these things. Only a reporting verb makes text of a paragraph that has them. */
const SURE: [Furniture, RegExp][] = [
  [
    'cookies',
    /\b(?:we|this (?:web)?site|our partners) (?:and our partners )?(?:use|store|stores|uses)\b.{0,40}\bcookies\b|\baccept (?:all )?cookies\b|\bcookies? (?:policy|settings|preferences|notice)\b|\bmanage (?:your )?(?:cookies|consent|preferences)\b|\byou (?:accept|agree to|consent to)\b.{0,60}\bcookies\b/i,
  ],
  [
    'cookies',
    /\butilis\p{L}+ (?:des |les )?cookies\b|\bvous acceptez\b.{0,60}\bcookies\b|\baccepter (?:tous )?les cookies\b|\bgérer (?:les|mes|vos) (?:cookies|consentements?|préférences)\b|\b(?:politique|gestion) (?:de|des) cookies\b|^(?:continuer sans accepter|tout accepter|tout refuser|paramétrer)\b/iu,
  ],
  [
    'footer',
    /\ball rights reserved\b|\btous droits réservés\b|\bterms (?:of (?:use|service)|and conditions)\b|\bprivacy (?:policy|notice)\b|\bmentions légales\b|\bpolitique de confidentialité\b|\bconditions (?:générales )?d['’]utilisation\b|\breproduction (?:interdite|partielle|sans)\b|\bregistered in england\b|\bcompany (?:number|no\.)\s*\d|\bISSN\b|\bdirecteur de la publication\b/i,
  ],
  ['footer', /^(?:©|\(c\)\s|copyright\b)/i],
  [
    'comments',
    /\bto (?:leave|post|write|add) a (?:comment|reply)\b|\bpour (?:laisser|poster|écrire|ajouter|publier) un commentaire\b|\bcomments (?:are|have been) (?:closed|disabled)\b|\bles commentaires sont (?:fermés|désactivés|modérés)\b|\bseuls les abonnés peuvent\b/i,
  ],
  [
    'prompt',
    /\bsign up (?:to|for) (?:our|the|my)\b|\bsubscribe (?:to|for|now|today)\b|\bsubscri\w+ (?:to read|from (?:just )?[£$€])\b|\balready (?:a )?(?:subscriber|subscribed|registered|a member)\b|\b(?:for|to) subscribers only\b|\bthis (?:article|story|content) is (?:for|only available|reserved)\b|\bdownload (?:our|the) app\b|\benable (?:javascript|notifications)\b|\bsupport our (?:journalism|work)\b|\bget (?:our|the) (?:daily |weekly )?(?:newsletter|updates|briefing)\b|\bin your inbox\b|\b(?:sign up|subscribe|register)\b.{0,40}\b(?:newsletters?|email alerts)\b/i,
  ],
  [
    'prompt',
    /\b(?:recevez|inscrivez-vous à|abonnez-vous à) (?:notre|nos|la|le|toute)\b|\brecevez(?!-).{0,50}\b(?:newsletters?|lettres? d['’]information|alertes?)\b|\binscrivez-vous gratuitement\b|\bdéjà abonné|\bréservé(?:e|s|es)? (?:à nos |aux )abonné|\bil vous reste \d+(?:[.,]\d+)?\s?% de cet article\b|\b(?:lisez|lire) (?:la suite|l['’]intégralité)\b.{0,40}\babonn|\bactive[rz] (?:javascript|les notifications)\b|\btélécharge[rz] (?:notre|l['’]) ?appli|\bsoutenez (?:notre|une) (?:journal|presse|rédaction|travail)|\bfaites un don\b|\bdans votre boîte (?:mail|de réception|aux lettres)\b/i,
  ],
  [
    'byline',
    /\bcontributed (?:to this (?:report|story|article)|reporting)\b|^(?:\(?reporting by|\(?editing by|\(?writing by|additional reporting)\b|^propos recueillis par\b|^recueillis? par\b/i,
  ],
  [
    'advertisement',
    /^(?:la suite après (?:cette|la) publicité|article continues (?:below|after)|story continues below)/i,
  ],
];

/** Words that also begin sentences of a text: only what does not read as a sentence is furniture. */
const LIKELY: [Furniture, RegExp][] = [
  [
    'prompt',
    /^(?:log ?in|sign (?:in|up)|log out|register|subscribe|become a (?:member|subscriber)|join (?:us|now)|donate|my account)\b/i,
  ],
  [
    'prompt',
    /^(?:se connecter|connectez-vous|s['’]inscrire|inscrivez-vous|abonnez-vous|s['’]abonner|je m['’]abonne|devenez (?:membre|abonnée?)|créer un compte|mon compte)(?!\p{L})/iu,
  ],
  [
    'comments',
    /^(?:leave a (?:comment|reply)|laisse[rz] un commentaire|\d+ (?:comments?|commentaires?|replies|réponses)|reply|répondre|signaler(?: (?:ce commentaire|un abus|un contenu))?|report (?:abuse|(?:this )?comment)|like|j['’]aime|commenter(?: (?:cet|l['’])\s?article)?|réagir(?: à (?:cet|l['’])\s?article)?|add (?:a|your) comment|have your say)\.?$/i,
  ],
  [
    'share',
    /^(?:share(?: (?:this|on|via)\b.*)?|partage[rz](?: (?:sur|cet|l['’]article)\b.*)?|follow us\b.*|suivez[- ]nous\b.*|print(?: this)?|e-?mail(?: this)?|imprimer|envoyer(?: par (?:mail|courriel))?|tweet(?:er)?|copy link|copier le lien|save(?: article)?|sauvegarder|enregistrer)\.?$/i,
  ],
  // What the page counts of itself: "128 shares", « 1,2 k vues ».
  [
    'share',
    /^\d[\d.,\s]{0,9}\s?(?:k|m)?\s(?:shares?|likes?|retweets?|reposts?|views?|reactions?|partages?|j['’]aime|vues?|réactions?)$/i,
  ],
  [
    'related',
    /^(?:read (?:more|also|next|the full)|see also|more on this|more (?:from|about|stories)|related (?:articles?|stories|topics?|content|links)|you (?:may|might) also like|most (?:read|popular|viewed|shared)|recommended(?: for you)?|trending|editor['’]s picks|in pictures|watch|listen|further reading)\b/i,
  ],
  [
    'related',
    /^(?:lire (?:aussi|également|la suite|plus|l['’]article)|à lire|à voir|voir (?:aussi|également|la vidéo)|sur le même (?:sujet|thème)|dans la même rubrique|les? plus (?:lus?|vus?|partagés?)|articles? liés?|nos autres articles|notre sélection|pour aller plus loin|en savoir plus|écouter|regarder)(?!\p{L})/iu,
  ],
  [
    'advertisement',
    /^(?:advertisement|advertising|publicité|sponsored(?: content)?|contenu sponsorisé|annonces?|promoted)\.?$/i,
  ],
  [
    'navigation',
    /^(?:skip to (?:main )?content|back to (?:top|home)|haut de page|retour (?:en haut|à l['’]accueil)|aller au contenu|menu|navigation|search|recherche|rechercher|home|accueil|newsletters?|rss|contact(?: us)?|contactez-nous|about us|qui sommes-nous|plan du site|sitemap|archives)\.?$/i,
  ],
  [
    'tags',
    /^(?:tags?|topics?|filed under|keywords|categor(?:y|ies)|mots[- ]clés|thèmes?|rubriques?|sujets?|catégories?)\s*:/i,
  ],
  ['tags', /^(?:#[\p{L}\d_]+[\s,]*)+$/u],
  [
    'date',
    /^(?:first published|published|updated|last (?:updated|modified)|posted|created|publiée?s?|mise? à jour|modifiée?|postée?|paru|mis en ligne|créée?)(?![\p{L}])(?=.{0,80}\d).{0,90}$/iu,
  ],
  [
    'date',
    /^(?:\d{1,2} min(?:ute)?s? (?:read|de lecture)\b|(?:reading time|temps de lecture|lecture)\s*:?\s*\d{1,2}\s*min).{0,20}$/i,
  ],
  [
    'date',
    /^(?:\d{1,3}|an?|une?) (?:minutes?|hours?|days?|heures?|jours?) ago\.?$|^il y a \d{1,3} (?:min(?:utes)?|h(?:eures)?|jours?)\.?$/i,
  ],
  ['navigation', /^(?:https?:\/\/|www\.)\S+$|^[\w.+-]+@[\w-]+\.\w[\w.]*$/i],
  ['navigation', /^[^.!?>›»/|]{2,30}(?:\s[>›»/|]\s[^.!?>›»/|]{2,40}){2,}$/],
  [
    'footnote',
    /^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3}|†)\s*(?:ibid|op\. ?cit|see\b|voir\b|cf\.|https?:|id\.|supra|infra)/i,
  ],
  [
    'page-number',
    /^(?:[-–—|[(]\s*)?(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:\/|of|sur|de|\|)\s*\d{1,4})?(?:\s*[-–—|\])])?$/i,
  ],
  ['page-number', /^(?:page\s+)?[ivxl]{1,6}$/],
];

const MONTHS =
  'jan(?:uary|v(?:ier)?)?|feb(?:ruary)?|fév(?:r(?:ier)?)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|july?|juil(?:let)?|aug(?:ust)?|août|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember)?|déc(?:embre)?';
const WEEKDAYS =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche';
/** A line that is a date and a time, and nothing else. */
const DATE_LINE = new RegExp(
  `^(?:(?:${WEEKDAYS})[,.]?\\s+)?(?:le\\s+)?(?:\\d{1,2}(?:st|nd|rd|th|er)?[\\s./-]+(?:${MONTHS}|\\d{1,2})|(?:${MONTHS})\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?),?[\\s./-]+\\d{4}(?:[\\s,|•·–—-]*(?:at|à|à)?\\s*\\d{1,2}\\s?[:h.]\\s?\\d{0,2}(?:\\s?[ap]\\.?m\\.?)?(?:\\s?\\(?[A-Z]{2,4}\\)?)?)?\\.?$`,
  'i',
);

const NAME = "\\p{Lu}[\\p{L}.'’-]+";
/** Those who sign without a name. */
const NEWSROOM =
  "(?:la|notre) (?:rédaction|correspondante)|notre (?:correspondant|envoyée? spéciale?)|nos (?:correspondants|envoyés spéciaux|journalistes)|l['’]équipe de la rédaction|(?:our|a|the) (?:own |special |staff |foreign |political )?(?:correspondents?|reporters?|writers?|staff|newsroom|editors?)|staff (?:writers?|reporters?)|agenc(?:y|ies)";
const BYLINE = new RegExp(
  `^(?:By|BY|by|Par|PAR|par|Written by|Words by|Author:|Auteur\\s:|De notre correspondante?|De notre envoyée? spéciale?)\\s+(?:${NAME}|${NEWSROOM})(?:\\s+(?:and|et|&|,|de|du|van|von|le|la)?\\s*${NAME}){0,8}(?:\\s+(?:avec|with|in|à|for|pour)\\s.{2,40})?(?:\\s*[,|–—(-].{0,80})?$`,
  'u',
);
const BYLINE_TAIL = new RegExp(
  `^${NAME}(?:\\s+(?:and|et|&|de|du|van|von)?\\s*${NAME}){0,4}\\s*(?:,|\\||–|-|\\()\\s*(?:[Ee]nvoyée?s? spécia|[Cc]orrespond|[Aa]vec (?:l['’])?(?:AFP|Reuters|AP|agences?)|with (?:AFP|Reuters|AP|agencies)|in \\p{Lu}|à \\p{Lu}|staff (?:writer|reporter)|political editor)`,
  'u',
);
const AGENCY_LINE =
  /^(?:\(?(?:avec|with|source\s?:)\s+)?(?:AFP|Reuters|AP|PA|Associated Press|Agence France-Presse|Belga|ATS|EFE|dpa)(?:\s*(?:,|\/|et|and)\s*(?:AFP|Reuters|AP|PA|Belga|ATS|EFE|dpa))*\)?\.?$/i;
const SHARE_BAR =
  /(?:facebook|twitter|whatsapp|linkedin|messenger|pinterest|instagram|telegram|bluesky|flipboard|e-?mail)/gi;

/** Verbs of a text that reports: with a full stop, they make text of any paragraph. */
const REPORTING =
  /(?<![\p{L}])(?:said|says|told|added|announced|denied|according to|stated|warned|claimed|a (?:dit|déclaré|annoncé|ajouté|indiqué|affirmé|précisé|expliqué)|ont (?:dit|déclaré|annoncé|indiqué)|selon|d['’]après|affirme|déclare|indique|explique|dit-il|dit-elle)(?![\p{L}])/iu;
/** Verbs that make a sentence of a paragraph, in the forms news has. */
const SENTENCE =
  /(?<![\p{L}])(?:is|are|was|were|has|have|had|will|would|did|does|found|\p{L}{3,}ed|est|sont|était|étaient|a|ont|avait|avaient|sera|seront|fut|\p{L}{3,}(?:èrent|aient))(?![\p{L}])/iu;

/** The kind of furniture a paragraph is by its words, or null. False alarms are worse than misses. */
export function furnitureOf(words: string): Furniture | null {
  if (words.length > LONGEST_FURNITURE) return null;
  const ended = /[.!?…]["”’»)\]]*$/.test(words);
  if (ended && REPORTING.test(words)) return bylineAtEnd(words);
  for (const [kind, pattern] of SURE) if (pattern.test(words)) return kind;
  if (DATE_LINE.test(words)) return 'date';
  const prose = ended && words.split(/\s+/, 6).length > 4 && SENTENCE.test(words);
  if (prose) return null;
  for (const [kind, pattern] of LIKELY) if (pattern.test(words)) return kind;
  if (AGENCY_LINE.test(words)) return 'byline';
  const short = words.length <= 160 && (!ended || words.split(/\s+/, 7).length <= 5);
  if (short && (BYLINE.test(words) || BYLINE_TAIL.test(words))) return 'byline';
  if (!ended && words.length <= 100 && (words.match(SHARE_BAR)?.length ?? 0) >= 2) return 'share';
  return null;
}

/** "(Reporting by A. Writer; …)" has a reporting verb of its own. */
function bylineAtEnd(words: string): Furniture | null {
  return /^\(?(?:reporting|editing|writing) by\b|\bcontributed to this (?:report|story)\.$/i.test(words)
    ? 'byline'
    : null;
}

const CREDIT =
  /(?:^|[\s(.])(?:photos?|images?|pictures?|photograph(?:ie)?s?|crédits?(?: photo)?|credits?|illustration|légende|caption|visuel)(?: credit| by| by:)?\s*[:©(]|©|\(?(?:AP|AFP|EPA|PA) Photo\b|\/\s?(?:AFP|AP|Reuters|EPA|EFE|PA|Getty|SIPA|REA|MAXPPP|Hans Lucas|Divergence|NurPhoto|Anadolu)\b|\b(?:REUTERS|AFP|EPA|SIPA)\s?\/\s?\p{Lu}|\bGetty Images\b|\bPhoto by\b/iu;
/** « Le gymnase. Photo Le Courrier », « … (photo d'archives) »: a credit without a mark, after the stop. */
const CREDIT_AT_END =
  /[.!?…»”"]\s+\(?(?:Photos?|Images?|Visuel|Illustration) (?:d['’](?:archives|illustration)|\p{Lu})[^.!?:;,]{0,60}\)?\.?$/u;

/** Whether a paragraph is the words below a picture: a credit opens it or stands near its end. */
export function isCaption(words: string): boolean {
  if (words.length > 400) return false;
  if (CREDIT_AT_END.test(words)) return true;
  const match = CREDIT.exec(words);
  if (!match) return false;
  if (match.index <= 2) return true;
  const tail = words.slice(Math.max(0, words.length - 90));
  return CREDIT.test(tail) || (words.length <= 160 && !REPORTING.test(words));
}

/**
 * A heading after which only readers speak, as certain as its words make it: a bare "Comments" may head a chapter, and
 * "12 comments" may count them beside the buttons above the text.
 */
export function commentsHeading(words: string): 'sure' | 'counted' | 'maybe' | null {
  if (words.length > 60) return null;
  const heading = words.replace(/\s*(?:\(\d{1,5}\)|:\s*\d{1,5}|:)$/, '');
  if (
    /^(?:(?:member|reader|user|subscriber)s?['’]?s? comments?|comments from (?:our )?(?:readers|members|subscribers)|leave a comment|join the (?:conversation|discussion)|(?:vos|les) commentaires|(?:réactions?|commentaires?) (?:des|de nos) (?:lecteurs|internautes|abonnés|membres)|vos réactions)$/i.test(
      heading,
    )
  )
    return 'sure';
  if (/^\d{1,5} (?:comments?|commentaires?)$/i.test(heading)) return 'counted';
  if (!/^(?:comments?|commentaires?|réactions?)$/i.test(heading)) return null;
  return /\d/.test(words) ? 'counted' : 'maybe';
}

/** Times as pages give them beside the names of those who comment. */
const AGO =
  '(?:il y a (?:\\d{1,3}|une?) (?:min|h|j|sem|mois|ans?)\\p{L}*|(?:\\d{1,3}|an?) (?:min|hour|hr|day|week|month|year)\\p{L}* ago)';
/** "mouette62 il y a 2 heures", "tidytown wrote:": a made-up name, and when or that it wrote. */
const COMMENTER = new RegExp(
  `^@?[\\p{L}\\d][\\p{L}\\d_. -]{1,30}?[\\s,·•|-]+${AGO}(?:\\s|$)|^(?:@?\\p{Ll}[\\p{L}\\d_.-]{2,24}|@?\\p{L}[\\p{L}.-]*[\\d_][\\p{L}\\d_.-]*)\\s+(?:wrote|writes|said|says|replied|a écrit|écrit|a répondu|répond|dit)(?![\\p{L}])`,
  'u',
);

/** Whether a paragraph begins as the comment of a reader does, with a made-up name and its time or verb. */
export function isComment(words: string): boolean {
  return COMMENTER.test(words.slice(0, 100));
}

/** Whether a paragraph heads a list of links: the short lines after it are headlines of other articles. */
export function isLinkHeading(words: string): boolean {
  return (
    words.length <= 60 &&
    /^(?:related (?:articles?|stories|content|links)|read (?:more|also|next)|see also|more (?:on this story|stories)|you (?:may|might) also like|most (?:read|popular|viewed)|recommended(?: for you)?|trending|à lire (?:aussi|également)|lire (?:aussi|également)|sur le même (?:sujet|thème)|les plus lus|dans la même rubrique|articles? liés?|nos autres articles|notre sélection)\s*:?$/i.test(
      words,
    )
  );
}

const DATELINE =
  /^(?:\p{Lu}[\p{Lu}\p{M}'’ .-]{2,40}(?:,\s?[\p{L} .'’-]{2,30})?(?:,\s*(?:le\s)?(?:\d{1,2}(?:er)? [\p{L}.]{3,10}|[\p{L}.]{3,10} \d{1,2})(?:,? \d{4})?)?\s*(?:\([^()]{2,40}\)\s*)?|\p{Lu}[\p{L}'’ -]{1,40}(?:,\s?[\p{L} .'’-]{2,30})?\s*\([^()]{2,40}\)\s*)(?:—|–|--|-)\s+(?=[\p{Lu}\p{N}«“"‘'])/u;

/** How much of a paragraph's beginning is its dateline, "CALAIS, France (Agency) — "; 0 where it has none. */
export function datelineLength(words: string): number {
  const match = DATELINE.exec(words.slice(0, 160));
  return match ? match[0].length : 0;
}
