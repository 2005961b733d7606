// A disagreement in one line: who answers whom, which numbers stand against one another, what was filed.
import type { Words } from '../../ui/messages.tsx';
import { type AnyRecord, figureAmount, headlineOf } from '../../ui/record-words.ts';
import type { Item } from './queue-data.ts';

/** So many amounts stand in a line. */
const MOST_AMOUNTS = 3;

/** The line a list shows. Where its records are not at hand, the first sentence of its working. */
export function summaryOf(
  item: Pick<Item, 'kind' | 'check' | 'records' | 'working'>,
  records: ReadonlyMap<string, AnyRecord>,
  words: Words,
): string {
  const filed = item.check === null && item.working[0]!.values.words;
  if (typeof filed === 'string') return filed;
  const ends = item.records.map(({ id }) => records.get(id));
  const [first] = ends;
  if (first?.kind === 'statement' && item.kind !== 'no-response') return headlineOf(first, words);
  const figures = ends.filter((record) => record?.kind === 'figure');
  if (first?.kind === 'figure' && figures.length > 1) {
    const amounts = figures.slice(0, MOST_AMOUNTS).map((figure) => figureAmount(figure, words));
    return words.t('desk.disagreements.summary-figures', {
      amounts: [...amounts, ...(figures.length > MOST_AMOUNTS ? ['…'] : [])].join(' · '),
      counted: first.counted,
    });
  }
  return words.formatStep(item.working[0]!);
}
