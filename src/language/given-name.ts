// Common given names and the gender they usually go with: one hint, never a proof, of whom "she" may stand for.
import type { Gender } from './lexicon.ts';

const FEMALE =
  'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann anne sara madison frances kathryn janice jean abigail alice judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori hillary tracy priti yvette amber theresa nicola diane harriet claire lucy jane fiona joanna bridget rosie zoe chloe beth kate gemma hayley louise natacha nathalie isabelle sylvie catherine françoise valérie christine sandrine véronique sophie céline monique chantal brigitte patricia nicole martine jacqueline annie émilie aurélie julie camille léa manon marion pauline mathilde élodie laetitia virginie caroline hélène florence corinne dominique laurence béatrice élisabeth ségolène marine rachida najat fatima aïcha khadija leïla samira nadia amina mariam ursula angela giorgia ingrid greta'.split(
    ' ',
  );
const MALE =
  'james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny boris dominic simon nigel ian graham neil stuart colin malcolm damian gavin bernard pierre jean jacques michel philippe alain patrick nicolas christophe françois laurent frédéric éric stéphane olivier david julien sébastien pascal thierry bruno gérald gérard xavier édouard emmanuel manuel rené andré daniel marc luc mathieu guillaume antoine alexandre maxime benoît jérôme fabien damien cédric yann arnaud didier gilles hervé xavier franck ludovic mohamed mohammed ahmed ali hassan omar ibrahim youssef karim abdul khalid mustafa vladimir sergei ivan giuseppe marco matteo pablo pedro carlos luis javier miguel bernie barack mitt jeb ted marco newt'.split(
    ' ',
  );

const GENDERS = new Map<string, Gender>([
  ...MALE.map((name) => [name, 'm'] as const),
  ...FEMALE.map((name) => [name, 'f'] as const),
]);
// Given to both.
for (const name of ['jean', 'dominique', 'camille', 'kelly', 'jordan', 'alexis', 'terry', 'carol'])
  GENDERS.delete(name);

/** The gender that goes with the first word of a full name; null for a single word, or one nobody can tell. */
export function genderOf(name: string): Gender {
  const space = name.indexOf(' ');
  if (space < 0) return null;
  const given = name.slice(0, space).toLowerCase();
  return GENDERS.get(given) ?? GENDERS.get(given.slice(0, Math.max(0, given.indexOf('-')))) ?? null;
}
