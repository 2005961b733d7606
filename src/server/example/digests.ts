// The example's two sources: digests written for Constat in its own words, each naming the publications it sums up.
// They are no substitute for those publications, and say so in their first line.
import type { SourceContent } from '../../record/source.ts';

/** A text of the example with what is said of it as a source. */
export interface Digest {
  text: string;
  content: Partial<SourceContent>;
}

const common = {
  type: 'digest',
  author: null,
  obtainedFrom: null,
  reliability: 'unknown',
  sensitivity: 'public',
  acquisition: 'example',
  mayLeave: true,
  publisher: 'Constat (example)',
} as const satisfies Partial<SourceContent>;

/** Autumn 2014, in English. */
export const AUTUMN_2014: Digest = {
  content: {
    ...common,
    title: 'Calais, autumn 2014: who should police the port',
    language: 'en',
    published: '2014-11~',
    note: 'Written for the example from a news-agency report carried by The Local France in autumn 2014.',
  },
  text: `This is a digest written for the Constat example. It sums up, in other words, a news-agency report carried by The Local France in autumn 2014, and replaces none of it.

Who should police Calais

In an interview on BBC radio on a Wednesday in early November 2014, the French interior minister, Bernard Cazeneuve, said that having more policemen in Calais would be useful. He said that such a force should belong to a system shared by both countries, and should make clear to migrants that the Channel cannot be crossed. The talks had been hard, the minister said, and he had met the British home secretary, Theresa May, many times.

Most listeners, among them the British government, understood that he wanted British police on French soil.

The French interior ministry later said that the minister had meant civil servants and not police officers.

James Brokenshire, the British minister for immigration and security, answered in a written statement. He said that keeping order in France is a matter for the French and that Britain will send no police.

A mayor before the Commons

On 28 October 2014 the mayor of Calais, Natacha Bouchart, told the Home Affairs Committee of the House of Commons that the border should be moved to British ground.

Numbers and money

According to the report, up to 2,300 migrants were then in the town and around it. They had come from Syria, Iraq, Libya and Afghanistan, among other countries. The reception centre at Sangatte had been closed in 2002.

Britain has pledged £12 million (€15 million, $19 million) over three years for security at the port, fences included.
`,
};

/** Autumn 2021, in French. */
export const AUTUMN_2021: Digest = {
  content: {
    ...common,
    title: 'Calais, automne 2021 : combien, expulsés comment',
    language: 'fr',
    published: '2021-10-07',
    note: 'Written for the example from a news-agency report carried by The Local France on Human Rights Watch’s report of 7 October 2021, and from published totals of the prefecture and of the British government.',
  },
  text: `Ce texte est un résumé rédigé pour l’exemple de Constat. Il reprend en d’autres mots une dépêche publiée par The Local France au sujet du rapport de Human Rights Watch du 7 octobre 2021, ainsi que des totaux publiés par la préfecture maritime et par le gouvernement britannique. Il n’en remplace aucun.

Combien de personnes

Selon les associations, 1 500 à 2 000 migrants vivent autour de Calais. Les autorités locales affirment que 500 personnes restent dans le secteur. Au plus fort de son existence, le camp de la « Jungle », démoli en 2016, avait abrité jusqu’à 10 000 personnes.

Ce qui a été fait

Dans un rapport de 75 pages, Human Rights Watch écrit que les tentes sont démontées systématiquement dans les bois, sur les terrains vagues et sous les ponts, et que les affaires des occupants sont régulièrement confisquées.

À la fin du mois de septembre 2021, sur ordre du ministre de l’intérieur, Gérald Darmanin, la police a évacué un campement de 400 personnes près d’un hôpital. Le ministre a justifié l’opération par un danger pour les malades et le personnel. Les occupants ont été conduits vers des abris provisoires.

Une femme venue d’Irak, que nous appelons le témoin A, a déclaré à Human Rights Watch qu’elle n’avait que cinq minutes pour quitter sa tente avant qu’on la détruise. D’après Human Rights Observers, les équipes de nettoyage coupent parfois des tentes alors que des gens s’y trouvent.

Ce qu’on en dit

Le gouvernement explique que les camps servent de refuge à des passeurs qui exigent des sommes exorbitantes.

Bénédicte Jeannerod, directrice de Human Rights Watch en France, a déclaré que cette politique échoue à dissuader et cause de graves dommages. Charlotte Kwantes, coordinatrice nationale d’Utopia 56, a affirmé que les gens viennent parce que la frontière est là.

Le ministère de l’intérieur n’a pas répondu à une demande de commentaire.

Les traversées

Selon les garde-côtes français, 15 400 personnes ont tenté la traversée au cours des huit premiers mois de 2021, soit une hausse de 50 % par rapport à l’ensemble de 2020. La préfecture maritime avait pourtant compté 9 551 tentatives en 2020, répétitions comprises. Le gouvernement britannique a recensé 12 482 arrivées de janvier à août 2021, contre 8 462 pour toute l’année 2020.
`,
};
