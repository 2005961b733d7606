// Which language a text is in: English, French, or another, by the commonest words and letter sequences of each.

/** A language and how certain it is, 0 to 1. */
export interface DetectedLanguage {
  language: 'en' | 'fr' | 'other';
  certainty: number;
}

/** No more than this many code units are looked at: a page is enough, and cost must not grow with the text. */
const SAMPLE = 20_000;

// Neighbouring languages stand here so that their texts are called "other" and not the nearer of English and French.
const COMMON: Record<string, string> = {
  en: 'the of and to in is was that for it on with as are be at by this from have had not were which or but his her their has an they who will been would about there more when said says say should could can into over after before against up out if so no than then them we you he she its our your my me him us all any some one two new other what how why where also only just do does did done get got make made take took see know think people year years time day week government minister police town city report council under between during while because through around since until still even now own such these those very way many most may might must being between here off down per here too both each few own same',
  fr: "le la les de des du et en un une est que qui dans pour pas sur au aux par avec ce cette il elle ils elles ont été sont plus ne se sa son ses leur leurs mais ou nous vous je tu on être a à y où même après selon avant contre entre sous sans vers chez depuis pendant lors dont ces cet notre nos votre vos mon ma mes ton ta tes si comme bien fait faire dit ans an jour jours semaine mois année années deux trois quatre cinq tout tous toute toutes autre autres avait avaient était étaient sera seront serait peut peuvent doit doivent va vont aussi alors encore déjà très peu moins ici là ainsi donc car lui eux leur rien jamais toujours quand quel quelle quelles comment pourquoi parce lorsque puis gouvernement ministre préfecture préfet maire ville police l' d' qu' n' s' c' j' m'",
  es: 'el la los las de del y en un una es que por con para no se su al lo como más pero sus le ha fue son está este esta también entre cuando muy sin sobre ser años dijo según han ya',
  de: 'der die das und in den von zu mit ist des sich auf für im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sagte',
  it: 'il la di che e in un una per con non del della si è da i le al dei nel alla sono ha più anche gli come lo questo dal delle ma ed era nella essere fra ci degli hanno detto stato',
  nl: 'de het een van en in is dat op te zijn met voor niet aan er om ook als bij door naar uit wordt heeft hij was over dan maar die tot worden nog werd ze geen zei meer',
  pt: 'o a os as de da do em um uma que para com não por no na dos das se ao mais foi são como mas pela pelo ser tem também já disse pelos seu sua até',
  ca: 'el la els les de del i en un una que per amb no es va ser al més com són ha dir aquest aquesta dels pel',
  ro: 'și de la în a cu pe nu din că care o un au pentru este mai fost ce sunt lui spus prin sau',
  pl: 'w i na z się nie do to że o jest jak po od za dla był przez są ale ma tym oraz które',
  cs: 'a v se na je že s z do o to by za po od ale jako jsou byl pro ve který řekl',
  sv: 'och i att en som det är av för på med den till inte om ett de har var från vid sade kan men',
  da: 'og i at det en den til er som på de med for af ikke der var et har om han ryddet så sa å fra men av ble',
  fi: 'ja on ei se että oli hän mutta ovat kun niin myös sanoi joka ole kuin',
  hu: 'a az és hogy nem is egy van volt meg csak el de ez már mint azt szerint',
  tr: 've bir bu da de için ile çok olarak daha olan gibi ne en kadar dedi sonra var ama',
  id: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada mereka kata oleh',
  sq: 'të e në dhe i një për me që nga është më si ka u se tha',
  so: 'oo iyo ka ku waa in ay uu ah la ayaa u waxay ayuu soo si',
  ku: 'û li bi ji ku di de ew ez ne jî bû ya yên kir got vala',
  la: 'et in est non ad cum ut sed ex dolor sit amet qui quod sunt ipsum',
};

/** The languages that a word is common in; worth 1 when it is one, less when it is many. */
const OWNERS = new Map<string, string[]>();
for (const [code, list] of Object.entries(COMMON))
  for (const word of new Set(list.split(' '))) OWNERS.set(word, [...(OWNERS.get(word) ?? []), code]);

/** Letter sequences and endings that one of the two has and the other has not. */
const ENGLISH =
  /^(?:th|wh|sh|kn|wr)|[^s]ck|ght|oo|ee|sh$|th$|ing$|(?:[^aeiouéèn]|e)d$|ly$|ty$|ness|ful$|ss$|[^aeiou]ts$|ct$|[^u]y$|ow|aw|ew|ey|ks?$|wa|we|wi|wo|[bcdfgklmnprt]s$/;
const FRENCH =
  /^(?:qu|œ)|qu[eio']|eau|aux?$|eux?$|oir|ais$|ait$|aient$|ère|ée?s?$|ez$|ille|ien(?:ne)?s?$|ique|isme|euse|eur|ç|œ|è|ê|û|[ao]î|ou[rvts]|gn|[iu]re$|nt$|elle|ette|age$|ence$/;
/** Letters that neither language has but in names. */
const FOREIGN =
  /[ñßäåøæłżźśćńğşıőűțșăđơưãõčřěšžýąęůćďťľĺŕðþġħöìòạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/;

const WORD = /[\p{L}\p{M}]+['’]?/gu;

/**
 * The language of a text. Each common word counts for its language; a word common to several counts little for each,
 * and letter sequences settle what the words leave open. Texts in other scripts, and texts too short to say, are "other";
 * of a text in two languages the one with more words is told, with less certainty.
 */
export function detectLanguage(text: string): DetectedLanguage {
  const sample = text.slice(0, SAMPLE);
  const score = new Map<string, number>([
    ['en', 0],
    ['fr', 0],
  ]);
  const add = (code: string, value: number) => score.set(code, (score.get(code) ?? 0) + value);
  let seen = 0;
  let latin = 0;
  let foreign = 0;
  let known = 0;
  for (const match of sample.matchAll(WORD)) {
    const whole = match[0].replace('’', "'");
    if (whole.length > 40) continue;
    const capital = whole[0] !== whole[0]!.toLowerCase();
    const lower = whole.toLowerCase();
    // « l' », « qu' » are words; the s of "mayor's" is left.
    const elided = lower.endsWith("'") && OWNERS.has(lower);
    const word = elided ? lower : lower.replace(/'$/, '');
    seen++;
    if (/^[a-zà-ÿœšžăąćčđęěğıłńňőřśşșțůűź]/.test(word)) latin++;
    const owners = OWNERS.get(word);
    if (owners) {
      const value = elided ? 0.8 : 1 / owners.length ** 1.3;
      for (const owner of owners) add(owner, value);
      known++;
    } else if (word.length > 2) {
      // A name says less of the text's language than a common word does.
      const weight = capital && seen > 1 ? 0.05 : 0.22;
      if (FOREIGN.test(word)) foreign += capital && seen > 1 ? 0.3 : 1;
      else {
        if (ENGLISH.test(word)) add('en', weight);
        if (FRENCH.test(word)) add('fr', weight + (/[éèêçœùûî]/.test(word) ? 0.1 : 0));
      }
    }
  }
  if (seen === 0) return { language: 'other', certainty: 0 };
  if (latin < seen / 2) return { language: 'other', certainty: Math.min(1, seen / 10) };
  for (const code of score.keys()) if (code !== 'en' && code !== 'fr') add(code, foreign * 0.6);
  const ranked = [...score].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [best, second] = [ranked[0]!, ranked[1]!];
  const language = best[0] === 'en' || best[0] === 'fr' ? best[0] : 'other';
  const rate = best[1] / seen;
  // Hardly a word known: another language, or no words at all. A single name is in no language.
  if ((rate < 0.09 && known < 0.25 * seen) || (known === 0 && seen < 3))
    return { language: 'other', certainty: Math.min(0.6, seen / 60) };
  if (language !== 'other' && foreign > 0.25 * seen)
    return { language: 'other', certainty: Math.min(0.9, foreign / seen) };
  const margin = (best[1] - second[1]) / best[1];
  const evidence = Math.min(1, 0.3 + best[1] / 5);
  const certainty = Math.min(1, margin * 1.25) * evidence * Math.min(1, 0.35 + rate * 2);
  return { language, certainty: Math.round(Math.max(0, certainty) * 100) / 100 };
}
