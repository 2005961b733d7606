// Passwords that are long enough and yet the first that somebody tries: one thing repeated, a run of keys, known words.

/** Long passwords are weak by what they are made of; these are what the common ones of 12 characters and more are made of. */
const COMMON = [
  ...[
    'password',
    'passwort',
    'passw',
    'motdepasse',
    'azerty',
    'qwerty',
    'qwertz',
    'uiop',
    'asdf',
    'zxcv',
    'wxcvbn',
  ],
  ...[
    'qsdf',
    'administrator',
    'admin',
    'administrateur',
    'root',
    'letmein',
    'welcome',
    'bienvenue',
    'bonjour',
  ],
  ...[
    'iloveyou',
    'jetaime',
    'loveyou',
    'forever',
    'princess',
    'sunshine',
    'football',
    'baseball',
    'basketball',
  ],
  ...[
    'superman',
    'batman',
    'monkey',
    'dragon',
    'master',
    'shadow',
    'trustno',
    'whatever',
    'computer',
    'internet',
  ],
  ...[
    'secret',
    'changeme',
    'default',
    'login',
    'michael',
    'jordan',
    'jennifer',
    'jessica',
    'charlie',
    'thomas',
  ],
  ...[
    'soleil',
    'marseille',
    'doudou',
    'chouchou',
    'nicolas',
    'camille',
    'liverpool',
    'chelsea',
    'arsenal',
    'manchester',
  ],
  ...[
    'summer',
    'winter',
    'spring',
    'autumn',
    'january',
    'february',
    'october',
    'november',
    'december',
    'hello',
  ],
  ...[
    'abc',
    'the',
    'my',
    'mon',
    'is',
    'est',
    'constat',
    'test',
    'user',
    'pass',
    'mot',
    'love',
    'baby',
    'love',
    'you',
  ],
].sort((a, b) => b.length - a.length);

/** Rows of keys and the alphabet: a run of them is one thing, not many. */
const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  ...['1q2w3e4r5t6y7u8i9o0p', '1a2z3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0', 'a1z2e3r4t5y6u7i8o9p0'],
  ...['1qaz2wsx3edc4rfv5tgb6yhn', '1aqw2zsx3edc4rfv5tgb', 'qazwsxedcrfvtgbyhn', 'aqwzsxedcrfvtgbyhn'],
];
const BACKWARDS = ROWS.map((row) => [...row].reverse().join(''));

const LOOK_ALIKE: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  $: 's',
  '@': 'a',
};

/** Below this many characters that are not accounted for, a password is one of the common ones with a tail. */
const FEWEST = 5;

/**
 * Whether a password is among those that are tried first: what is left of it without known words, runs of keys, repetition
 * and the words of its owner (`own`: a name, say) is less than five different characters.
 * @example isGuessable('Motdepasse2024!') // true
 * @example isGuessable('three tents by the canal') // false
 */
export function isGuessable(password: string, own: readonly string[] = []): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const words = own.flatMap((one) => one.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((w) => w.length > 2);
  const bare = [text, [...text].map((letter) => LOOK_ALIKE[letter] ?? letter).join('')];
  return bare.some((form) => new Set(leftover(form, [...words, ...COMMON])).size < FEWEST);
}

/** The characters no known word, run or repetition accounts for. */
function leftover(text: string, words: readonly string[]): string {
  let rest = text.replace(/[\s\p{P}\p{S}]+/gu, ' ');
  for (const word of words) rest = rest.replaceAll(word, ' ');
  rest = rest.replace(/(.{1,12}?)\1+/gu, '$1').replace(/(?:19|20)\d\d/g, ' ');
  return withoutRuns(rest).replace(/\s/g, '');
}

/** Takes out runs of at least three neighbours of a row of keys, forwards and backwards. */
function withoutRuns(text: string): string {
  const rows = [...ROWS, ...BACKWARDS];
  let out = '';
  for (let at = 0; at < text.length; ) {
    let run = 3;
    const follows = (length: number) =>
      at + length <= text.length && rows.some((row) => row.includes(text.slice(at, at + length)));
    if (!follows(run)) {
      out += text[at++];
      continue;
    }
    while (follows(run + 1)) run++;
    at += run;
    out += ' ';
  }
  return out;
}
