// A name for addresses made of a title.

/**
 * Small letters, digits and hyphens, at most 60; empty when nothing of the title can stand in an address.
 * @example slugOf('Évacuations à Calais, 2014–2021') // 'evacuations-a-calais-2014-2021'
 */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}
