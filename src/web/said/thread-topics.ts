// What holds a thread together: the topics its statements are filed under.
import type { Statement } from '../../record/statement.ts';

/** The topics that hold a thread together: its title where that is one, and what several of its statements are about. */
export function topicsOf(title: string, statements: readonly Pick<Statement, 'topics'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { topics } of statements)
    for (const topic of new Set(topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].filter(([topic, count]) => topic === title || count > 1).map(([topic]) => topic);
}
