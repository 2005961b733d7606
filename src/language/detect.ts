// Which language a text is in: English, French, or another, by the commonest words and letter sequences of each.

/** A language and how certain it is, 0 to 1. */
export interface DetectedLanguage {
  language: 'en' | 'fr' | 'other';
  certainty: number;
}

/** No more than this many code units are looked at: a page is enough, and cost must not grow with the text. */
const SAMPLE = 20_000;

// Neighbouring languages stand here so that their texts are called "other" and not the nearer of English and French.
const COMMON: Record<string, Set<string>> = {
  en: words(
    'the of and to in is was that for it on with as are be at by this from have had not were which or but his their has an they who will been would about there more when said',
  ),
  fr: words(
    'le la les de des du et en un une est que qui dans pour pas sur au aux par avec ce cette il elle ils ont été sont plus ne se sa son ses leur mais ou nous vous cette être a à y où même après selon',
  ),
  es: words(
    'el la los las de del y en un una es que por con para no se su al lo como más pero sus le ha fue son está',
  ),
  de: words(
    'der die das und in den von zu mit ist des sich auf für im dem nicht ein eine als auch es an werden aus er hat dass',
  ),
  it: words(
    'il la di che e in un una per con non del della si è da i le al dei nel alla sono ha più anche gli come',
  ),
  nl: words('de het een van en in is dat op te zijn met voor niet aan er om ook als bij door naar uit wordt'),
  pt: words('o a os as de do da e em um uma que para com não por no na dos das se ao mais foi são como'),
};

const TRIGRAMS: Record<string, Set<string>> = {
  en: words('the ing and ion hat ent tha ere her ter was ith ver all wit thi ght ould ough wh sh'),
  fr: words('ent les ion ait que ati our eur tio eme ais oit aux qu eau eux eui ées ère ém ouv'),
};

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}

const WORD = /[\p{L}\p{M}]+/gu;

/**
 * The language of a text. Each common word counts for its language; a word common to several counts little for each,
 * and frequent letter sequences settle short texts. Texts in other scripts, and texts too short to say, are "other".
 */
export function detectLanguage(text: string): DetectedLanguage {
  const sample = text.slice(0, SAMPLE).toLowerCase();
  const score: Record<string, number> = { en: 0, fr: 0, es: 0, de: 0, it: 0, nl: 0, pt: 0 };
  let seen = 0;
  let latin = 0;
  for (const match of sample.matchAll(WORD)) {
    const word = match[0];
    if (word.length > 40) continue;
    seen++;
    if (/[a-zà-ÿ]/.test(word[0]!)) latin++;
    const owners = Object.keys(COMMON).filter((code) => COMMON[code]!.has(word));
    for (const owner of owners) score[owner]! += 1 / owners.length ** 1.5;
    for (const code of ['en', 'fr']) {
      for (let index = 0; index + 3 <= word.length; index++) {
        if (TRIGRAMS[code]!.has(word.slice(index, index + 3))) score[code]! += 0.06;
      }
    }
    if (/[éèêçœùû]/.test(word)) score.fr! += 0.25;
  }
  if (seen === 0) return { language: 'other', certainty: 0 };
  if (latin < seen / 2) return { language: 'other', certainty: Math.min(1, seen / 10) };
  const ranked = Object.entries(score).sort((a, b) => b[1] - a[1]);
  const [best, second] = [ranked[0]!, ranked[1]!];
  const rate = best[1] / seen;
  if (rate < 0.06) return { language: 'other', certainty: Math.min(0.6, seen / 60) };
  const margin = (best[1] - second[1]) / best[1];
  const certainty = Math.min(1, margin * 1.3) * Math.min(1, 0.4 + seen / 20);
  const language = best[0] === 'en' || best[0] === 'fr' ? best[0] : 'other';
  return { language, certainty: Math.round(Math.max(0, certainty) * 100) / 100 };
}
