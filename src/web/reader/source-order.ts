// The sources before and after one, as the list of sources has them, and the next one with suggestions left.
import { type AnswerOf, call, queries } from '../api.ts';

const LIST = 'GET /dossiers/:dossier/sources';
type Listed = AnswerOf<typeof LIST>['sources'][number];

/** Sources fetched at once while looking for one. */
const PAGE = 200;

/** The sources of a dossier, page by page, as far as they are looked at. */
async function* sourcesOf(dossier: string): AsyncGenerator<Listed> {
  let cursor: string | undefined;
  do {
    const input = { params: { dossier }, query: { limit: PAGE, ...(cursor && { cursor }) } };
    const page = await queries.fetchQuery({
      queryKey: [LIST, input],
      queryFn: ({ signal }) => call(LIST, input, signal),
      staleTime: 5_000,
    });
    yield* page.sources;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** The sources beside one in the list; null at its ends. */
export async function neighboursOf(
  dossier: string,
  id: string,
): Promise<{ previous: Listed | null; next: Listed | null }> {
  let previous: Listed | null = null;
  let found = false;
  for await (const source of sourcesOf(dossier)) {
    if (found) return { previous, next: source };
    if (source.id === id) found = true;
    else previous = source;
  }
  return { previous: found ? previous : null, next: null };
}

/** The next source in the list that has suggestions left, going round from its end to its beginning; null where none has. */
export async function nextWaiting(dossier: string, id: string): Promise<Listed | null> {
  let first: Listed | null = null;
  let found = false;
  for await (const source of sourcesOf(dossier)) {
    if (source.id === id) found = true;
    else if (source.suggested > 0) {
      if (found) return source;
      first ??= source;
    }
  }
  return first;
}
