// The telling words of a text, in English and French: folded, without the words every text has, each brought to what it
// stands for, so that "policemen" and « policiers » are one word and "destroyed" and "destroys" are.
import { conceptOf } from './concepts.ts';

/** Words that tell nothing of a matter: the grammar of both languages, saying and being, and what is counted everywhere. */
const EMPTY = new Set(
  `a an the this that these those some any no not nor none never ever of to in into on onto at by for from with without within
  about above over under between among around near after before during since until till while when where who whom whose which
  what why how as than then there here and or but if so because also too very more most less least much many few several all
  both each every other another same such own only just even still yet already again once always often sometimes now today
  yesterday tomorrow later earlier i me my we us our you your he him his she her hers it its they them their one ones be is are
  was were been being am do does did done doing has have had having can could may might must shall should will would ought need
  not don didn doesn isn wasn aren weren won couldn wouldn shouldn hasn haven hadn cannot said says say saying tell told tells ask asked asks answer answered
  call called calls claim claimed claims state stated states statement statements remark remarks word words comment comments
  speak spoke spoken talk talks add added deny denied denies denying reject rejected rejects rejecting confirm confirmed
  confirms clarify clarified clarifies correct corrected corrects retract retracted explain explained explains mean means
  meant refer referred referring refers make makes made making take takes took taken taking get gets got give gives gave
  given go goes went gone come comes came put set let keep keeps kept keeping use useful matter matters thing things way ways
  time times day days week weeks month months year years people person persons place part case fact question issue like well
  new old good bad big small long short high low first last next two three four five six seven eight nine ten hundred
  thousand out up down off back away against per via through according towards upon whether however although though rather
  instead contrary true truth false wrong right mistake mistaken accusation accusations allegation allegations
  le la les l un une des du de d au aux ce cet cette ces ca cela ceci celui celle ceux celles et ou ni mais donc or car si
  que qu qui quoi dont quand comme comment pourquoi combien quel quelle quels quelles ne n pas plus moins point jamais rien
  aucun aucune nul nulle tout toute tous toutes autre autres meme memes tel telle tels telles chaque plusieurs quelque quelques
  peu beaucoup trop tres assez bien mal encore deja toujours souvent parfois aussi alors ainsi puis ensuite enfin hier demain
  aujourd hui ici la y en dans sur sous entre parmi chez par pour vers avec sans avant apres pendant depuis jusque jusqu lors
  lorsque contre selon je j me m moi tu te t toi il elle on se s soi nous vous ils elles eux lui leur leurs mon ma mes ton ta
  tes son sa ses notre nos votre vos etre est sont suis es sommes etes etait etaient ete sera serait seront soit soient fut
  avoir a ai as avons avez ont avait avaient aura aurait eu eue ait aient faire fait faits faite faites font faisait ferait fera
  pouvoir peut peuvent pourrait pourra devoir doit doivent devrait falloir faut faudrait vouloir veut voulu voulait voulez
  aller va vont allait dit dire dits disait dites parle parler parlait parole paroles propos mot mots declare declarer
  declaration declarations affirme affirmer affirmation demande demander repondre repond repondu reponse commentaire
  commentaires dement dementi dementir rejette rejeter rejete confirme confirmer precise preciser precision corrige corriger
  rectifie rectifier explique expliquer evoque evoquer designe designer mettre mis mise met prendre pris prise prend jour jours
  semaine semaines mois an ans annee annees fois temps heure heures gens personne personnes chose choses cas question sujet
  nouveau nouvelle grand grande petit petite premier premiere dernier derniere deux trois quatre cinq six sept huit neuf dix
  cent mille vrai vraie faux fausse verite erreur exact exacte allegations accusations contrairement realite c afin parce
  alleged regularly systematically particularly simply really actually reality indeed also further located
  mr mrs ms monsieur madame m mme dr lieu eu avoir having
  anybody anyone nobody somebody someone everyone everybody`
    .split(/\s+/)
    .filter(Boolean),
);

const TOKEN = /\d[\d.,\u00a0\u202f ]*\d|[\p{L}\d]+/gu;

/** Lower case, without accents; apostrophes of print as typed ones. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’ʼ‘]/g, "'")
    .replace(/œ/g, 'oe');
}

/** One word as it was written, and what it stands for. */
export interface TellingWord {
  /** By number: two words that stand for the same have the same. */
  stem: number;
  /** As the text has it, in lower case. */
  word: string;
}

/** The words of a text in lower case in their order, numbers without the marks between thousands. */
export function wordsOf(folded: string): string[] {
  const found: string[] = [];
  for (const match of folded.match(TOKEN) ?? []) {
    if (/^\d/.test(match)) found.push(...numbersIn(match));
    else found.push(match);
  }
  return found;
}

/** "1 500" and "1,500" are 1500; "2014, 2015" are two numbers, and "2.5" is one. */
function numbersIn(text: string): string[] {
  if (/^\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+$/.test(text)) return [text.replace(/\D/g, '')];
  return text.split(/[\s\u00a0\u202f]+|[.,](?!\d)/).flatMap((part) => (part ? [part.replace(',', '.')] : []));
}

/** Whether a folded word tells something of the matter. */
function isTelling(word: string): boolean {
  return !EMPTY.has(word) && (word.length > 2 || /\d/.test(word));
}

/** What a folded word stands for: its concept, its number, or itself without its ending, cut to seven letters. */
export function stemOf(word: string): string {
  if (/^\d/.test(word)) return word;
  return conceptOf(word) ?? withoutEnding(word).slice(0, 7);
}

const ENDINGS =
  /(?:issements?|issement|ements?|ments?|ations?|itions?|ateurs?|atrices?|eurs?|euses?|aient|antes?|ants?|ings?|edly|ables?|ibles?|iques?|ives?|ifs?|ees?|ers?|ies|ait|ent|ons|ant|ed|es|ly|er|ez|al|e|s|x|y)$/;

function withoutEnding(word: string): string {
  const bare = word.replace(ENDINGS, '');
  return bare.length >= 4 ? bare : word.replace(/(?:s|x)$/, '');
}

/** What words in lower case stand for, by number: a dossier says the same words over and over. 0: nothing of the matter. */
const numbered = new Map<string, number>();
const MOST_NUMBERED = 500_000;
/** Stems by number; numbers are given as stems are met and mean nothing by themselves. */
const stems: string[] = [''];
const stemNumbers = new Map<string, number>();

/** The number of a word in lower case; 0 when it tells nothing. */
function numberOf(written: string): number {
  let number = numbered.get(written);
  if (number === undefined) {
    const word = fold(written);
    number = isTelling(word) ? numberOfStem(stemOf(word)) : 0;
    if (numbered.size >= MOST_NUMBERED) numbered.clear();
    numbered.set(written, number);
  }
  return number;
}

function numberOfStem(stem: string): number {
  let number = stemNumbers.get(stem);
  if (number === undefined) {
    number = stems.push(stem) - 1;
    stemNumbers.set(stem, number);
  }
  return number;
}

/** The stem of a number. */
export function stemText(stem: number): string {
  return stems[stem]!;
}

/** The telling words of a text, each once, in the order in which they first stand. */
export function tellingWords(text: string): TellingWord[] {
  const found = new Map<number, string>();
  for (const word of wordsOf(text.normalize('NFC').toLowerCase())) {
    const stem = numberOf(word);
    if (stem !== 0 && !found.has(stem)) found.set(stem, word);
  }
  return [...found].map(([stem, word]) => ({ stem, word }));
}

/** The same as stems only. */
export function tellingStems(text: string): number[] {
  const found: number[] = [];
  for (const word of wordsOf(text.normalize('NFC').toLowerCase())) {
    const stem = numberOf(word);
    if (stem !== 0 && !found.includes(stem)) found.push(stem);
  }
  return found;
}

/** All words of a folded text, with repetitions and without the endings of plurals: for near-sameness. */
export function wordSequence(folded: string): string[] {
  return wordsOf(folded)
    .filter((word) => word.length > 1 || /\d/.test(word))
    .map((word) => (/^\d/.test(word) ? word : word.replace(/(?:s|x)$/, '')));
}
