// From suggestions to suggested records: what a proposer found in a text, pinned to its exact passages and tied to what
// the dossier knows. What does not fit a record, or cannot be pinned, is dropped: it does not exist.
import type { Actor } from '../record/actor.ts';
import { type Party, type PlaceMention, Provenance } from '../record/common.ts';
import { dateRange, EdtfDate, overlaps } from '../record/date.ts';
import { Figure, type FigureContent, numbersFit } from '../record/figure.ts';
import { Incident } from '../record/incident.ts';
import { type MeasureWords, measureMatcher } from '../record/measure-match.ts';
import { pageAreas } from '../record/page-area.ts';
import { type Passage, pin, stands } from '../record/passage.ts';
import type { Place } from '../record/place.ts';
import type { Layout, Source } from '../record/source.ts';
import { Statement } from '../record/statement.ts';
import type {
  FigureSuggestion,
  KnownName,
  ProposeContext,
  Span,
  StatementSuggestion,
  Suggestions,
} from '../record/suggestion.ts';
import { ActKind } from '../record/vocabulary.ts';
import type { AnyRecord } from '../store/rows.ts';
import { newId, SYSTEM_ACCOUNT } from '../store/write.ts';
import { modalityOf, promisedIn } from './modality.ts';

/** The text that was proposed from. */
export interface ProposedText {
  text: string;
  layout: Pick<Layout, 'blocks' | 'runs'>;
}

/** The actors, places and measures of the dossier. */
export interface Known {
  actors: Actor[];
  places: Place[];
  measures: MeasureWords[];
}

/** What a proposer is told about a source beside its text. */
export function contextOf(source: Source, known: Known, layout: Pick<Layout, 'blocks'>): ProposeContext {
  const named = ({ id, name, aliases }: KnownName): KnownName => ({ id, name, aliases });
  return {
    title: source.title,
    published: source.published,
    publisher: source.publisher,
    actors: known.actors.map(named),
    places: known.places.map(named),
    blocks: layout.blocks,
  };
}

/** What separates the pieces of a statement that a text interrupts. */
export const BETWEEN_PIECES = ' … ';

/**
 * The records suggested from a source, in the order of the text. Every passage is a slice of the text; statements rest
 * on the stretch from their first to their last part, speaker and reporting word included.
 */
export function suggestRecords(
  { text, layout }: ProposedText,
  source: Source,
  suggestions: Suggestions,
  language: string | null,
  known: Known,
): AnyRecord[] {
  const find = new Names(known, source.published);
  const measureOf = measureMatcher(known.measures);
  const at = new Date().toISOString();
  const reporter = source.publisher === null ? null : find.party(source.publisher, null);
  const passageOf = (span: Span): Passage | null => {
    if (span.start >= span.end || span.end > text.length) return null;
    const found = pin(text, span, { source: source.id, rendition: source.text! });
    return stands(text, found) ? { ...found, pages: pageAreas(layout, found) } : null;
  };
  const base = (passage: Passage, confidence: number) => ({
    id: newId(),
    dossier: source.dossier,
    status: 'suggested' as const,
    passages: [passage],
    submission: null,
    provenance: Provenance.parse({
      proposer: suggestions.proposer.name,
      version: suggestions.proposer.version,
      confidence,
    }),
    version: 1,
    createdAt: at,
    createdBy: SYSTEM_ACCOUNT,
    updatedAt: at,
    updatedBy: SYSTEM_ACCOUNT,
    language,
    note: null,
    tags: [],
    sensitivity: 'public' as const,
  });

  const statements = suggestions.statements.flatMap((said) => {
    const spans = [...said.content, said.source, said.cue].filter((span) => span !== null);
    const passage = passageOf(hull(spans));
    if (passage === null || said.content.some((span) => passageOf(span) === null)) return [];
    return sound(Statement, {
      kind: 'statement',
      ...base(passage, said.confidence),
      content: wordsOf(said, text),
      mode: said.mode,
      act: said.act,
      speaker: find.party(said.speaker, said.role),
      reporter,
      addressee: find.party(said.addressee, null),
      venue: said.venue,
      saidOn: dateOrNull(said.when),
      topics: [],
    });
  });
  const promised = promisedIn(suggestions.statements);
  const figures = suggestions.figures.flatMap((figure) => {
    const passage = passageOf(figure.span);
    if (passage === null || !numbersFit(figure)) return [];
    const counted = short(figure.counted ?? passage.exact, 300);
    return sound(Figure, {
      kind: 'figure',
      ...base(passage, figure.confidence),
      counted,
      // Only where its words are those of one measure; a person sees it beside them and may think otherwise.
      measure: figure.counted === null ? null : measureOf(counted, figure.unit),
      unit: figure.unit,
      modality: modalityOf(figure, text, promised),
      bound: figure.bound,
      value: figure.value,
      low: figure.low,
      high: figure.high,
      equivalents: figure.equivalents.flatMap(({ value, unit }) => (unit === null ? [] : [{ value, unit }])),
      baseline: baselineOf(figure.baseline),
      place: find.place(figure.place),
      period: dateOrNull(figure.when),
      accordingTo: find.party(figure.accordingTo, null),
      reportedBy: reporter,
      method: null,
    });
  });
  const incidents = suggestions.incidents.flatMap((incident) => {
    const passage = passageOf(incident.span);
    if (passage === null) return [];
    const kind = ActKind.safeParse(incident.act);
    const perpetrator = find.party(incident.perpetrator, null);
    return sound(Incident, {
      kind: 'incident',
      ...base(passage, incident.confidence),
      title: short(passage.exact, 300),
      occurredOn: dateOrNull(incident.when),
      place: find.place(incident.place),
      acts: [
        {
          kind: kind.success ? kind.data : 'other',
          method: null,
          // What a text reports is not established yet; a person says what part somebody had.
          perpetrators: perpetrator === null ? [] : [{ party: perpetrator, involvement: 'alleged' }],
          victims:
            incident.victims === null
              ? []
              : [{ unit: 'person', count: null, description: short(incident.victims, 500) }],
          things: [],
          statedReason: null,
          outcome: null,
        },
      ],
    });
  });
  return [...statements, ...figures, ...incidents].sort(
    (a, b) => a.passages[0]!.start - b.passages[0]!.start || a.passages[0]!.end - b.passages[0]!.end,
  );
}

/** What was said, as a record states it: a reported clause without the "that" that ties it to its verb. */
function wordsOf(said: StatementSuggestion, text: string): string {
  const pieces = said.content.map((span) => text.slice(span.start, span.end).trim());
  if (said.mode !== 'direct') pieces[0] = pieces[0]!.replace(/^(?:that\s+|que\s+|qu['’])(?=\S)/i, '');
  return pieces.join(BETWEEN_PIECES);
}

/** The smallest span that holds all. */
function hull(spans: Span[]): Span {
  return {
    start: Math.min(...spans.map((span) => span.start)),
    end: Math.max(...spans.map((span) => span.end)),
  };
}

/** The record, when it fits its schema; nothing else may reach the store. */
function sound<Shape extends AnyRecord>(
  schema: { safeParse: (value: unknown) => { success: true; data: Shape } | { success: false } },
  value: unknown,
): Shape[] {
  const checked = schema.safeParse(value);
  return checked.success ? [checked.data] : [];
}

/** A baseline as a record holds it; none where neither a period, nor a value, nor words are left. */
function baselineOf(suggested: FigureSuggestion['baseline']): FigureContent['baseline'] {
  if (suggested === null) return null;
  const period = dateOrNull(suggested.period);
  const words = suggested.words ?? (period === null ? suggested.period : null);
  if (period === null && suggested.value === null && words === null) return null;
  return { period, value: suggested.value, words: words === null ? null : short(words, 300) };
}

function dateOrNull(words: string | null): string | null {
  const checked = EdtfDate.safeParse(words);
  return checked.success ? checked.data : null;
}

/** On one line, cut at a space where it is too long. */
function short(words: string, most: number): string {
  const line = words.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}

/** Case, accents, apostrophes and a leading article make no difference to who or what is named. */
function folded(words: string): string {
  return words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/^(?:the |le |la |les |l')/, '')
    .replace(/[\s-]+/g, ' ')
    .trim();
}

/** Finds the actors and places of a dossier by what a text calls them. */
class Names {
  readonly #actors = new Map<string, Actor>();
  readonly #places = new Map<string, Place>();
  readonly #known: Known;
  readonly #published: string | null;

  constructor(known: Known, published: string | null) {
    this.#known = known;
    this.#published = published;
    for (const actor of known.actors) {
      for (const name of [actor.name, ...actor.aliases]) this.#actors.set(folded(name), actor);
    }
    for (const place of known.places) {
      for (const name of [place.name, ...place.aliases]) this.#places.set(folded(name), place);
    }
  }

  party(name: string | null, role: string | null): Party | null {
    if (name === null || name.trim() === '') return null;
    const actor = this.#actors.get(folded(name)) ?? this.#holderOf(name);
    return {
      actor: actor?.id ?? null,
      name: short(name, 300),
      role: role === null || role.trim() === '' ? null : short(role, 300),
    };
  }

  /** "The interior minister" is whoever held that role when the source was published, if that is one person. */
  #holderOf(title: string): Actor | null {
    const when = this.#published === null ? null : dateRange(this.#published);
    if (when === null) return null;
    const wanted = folded(title);
    const holders = this.#known.actors.filter((actor) =>
      actor.roles.some((role) => {
        const held = role.held === null ? null : dateRange(role.held);
        return folded(role.title) === wanted && held !== null && overlaps(held, when);
      }),
    );
    return holders.length === 1 ? holders[0]! : null;
  }

  place(name: string | null): PlaceMention | null {
    if (name === null || name.trim() === '') return null;
    const place = this.#places.get(folded(name));
    return {
      place: place?.id ?? null,
      name: short(name, 300),
      precision: place?.position?.precision ?? null,
    };
  }
}
