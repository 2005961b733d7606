/** Small valid values for tests: contents of records in a neutral matter, and passages to rest them on. */
import type { FigureContent } from '../src/record/figure.ts';
import type { IncidentContent } from '../src/record/incident.ts';
import { type Passage, pin } from '../src/record/passage.ts';
import type { StatementContent } from '../src/record/statement.ts';
import { createDossier } from '../src/store/dossiers.ts';
import type { Store } from '../src/store/store.ts';
import { newId } from '../src/store/write.ts';

/** An account that exists in no table: records only hold its id. */
export const OBSERVER = '00000000-0000-7000-8000-0000000000aa';

const TEXT =
  'The minister said that the site was empty. Observers counted 40 tents there on the same morning.';

/** A dossier of its own for a test, with a writer into it. */
export async function sampleDossier(store: Store, account = OBSERVER) {
  const id = newId();
  const dossier = await createDossier(store, account, {
    title: 'A matter',
    slug: `matter-${id.slice(-12)}`,
    summary: null,
    language: 'en',
    publishedBy: 'An association',
  });
  return { dossier, writer: { account, dossier: dossier.id } };
}

/** A passage of a source that need not exist. */
export function samplePassage(source: string = newId(), words = 'the site was empty'): Passage {
  const start = TEXT.indexOf(words);
  return pin(TEXT, { start, end: start + words.length }, { source, rendition: 'b'.repeat(64) });
}

const working = { language: 'en', note: null, tags: [], sensitivity: 'public' } as const;

/** What a statement says. */
export function sampleStatement(content: Partial<StatementContent> = {}): StatementContent {
  return {
    content: 'the site was empty',
    mode: 'indirect',
    act: 'says',
    speaker: { actor: null, name: 'the minister', role: null },
    reporter: null,
    addressee: null,
    venue: 'interview',
    saidOn: '2021-10-07',
    topics: [],
    ...working,
    tags: [],
    ...content,
  };
}

/** What a figure says. */
export function sampleFigure(content: Partial<FigureContent> = {}): FigureContent {
  return {
    counted: 'tents',
    measure: null,
    unit: null,
    modality: 'reported',
    bound: 'exact',
    value: 40,
    low: null,
    high: null,
    equivalents: [],
    baseline: null,
    place: { place: null, name: 'the old port', precision: null },
    period: '2021-10-07',
    accordingTo: { actor: null, name: 'observers', role: null },
    reportedBy: null,
    method: null,
    ...working,
    tags: [],
    ...content,
  };
}

/** What an incident says. */
export function sampleIncident(content: Partial<IncidentContent> = {}): IncidentContent {
  return {
    title: 'A site is cleared',
    occurredOn: '2021-10-07',
    place: { place: null, name: 'the old port', precision: null },
    acts: [
      {
        kind: 'eviction',
        method: null,
        perpetrators: [{ party: { actor: null, name: 'police', role: null }, involvement: 'carried-out' }],
        victims: [],
        things: [],
        statedReason: null,
        outcome: null,
      },
    ],
    ...working,
    tags: [],
    ...content,
  };
}
