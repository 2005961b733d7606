// Public records in words, in each language of the public pages: headlines, who and when, and the details of each kind.
import ar from '../../locales/ar.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import fr from '../../locales/fr.json' with { type: 'json' };
import { type Messages, makeMessages } from '../language/messages.ts';
import { amountInWords, dateInWords, quantityInWords } from '../language/wording.ts';
import type { Party, PlaceMention } from '../record/common.ts';
import type { PublicFigure, PublicIncident, PublicStatement, PublicView } from '../record/public-view.ts';
import { dateOf } from '../store/publications.ts';

/** The languages of public pages, the default first. */
export const LOCALES = ['en', 'fr', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];
/** The language's own name, for the links between languages. */
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français', ar: 'العربية' };

export type PublicMessages = Messages<keyof typeof en> & { locale: string };

const made: Partial<Record<Locale, PublicMessages>> = {};
const CATALOGUES: Record<Locale, Partial<Record<keyof typeof en, string>>> = { en, fr, ar };

/** The messages of public pages in a language. */
export function publicMessages(locale: Locale): PublicMessages {
  made[locale] ??= makeMessages(locale, CATALOGUES[locale], en);
  return made[locale];
}

/** A text cut to a length at a word, with an ellipsis where something was cut. */
export function clip(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length);
  const atWord = cut.lastIndexOf(' ');
  // toWellFormed's work by hand: a cut must not leave half a character.
  const end = atWord > length / 2 ? atWord : length;
  return `${line.slice(0, end).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Name and role: "Natacha Bouchart, mayor of Calais". */
export function partyInWords(party: Party, m: PublicMessages): string {
  return party.role ? m.t('public.party', { name: party.name, role: party.role }) : party.name;
}

/** A place with what is known of its precision. */
export function placeInWords(place: PlaceMention, m: PublicMessages): string {
  if (place.precision === null || place.precision === 0) return place.name;
  const inKilometres = place.precision >= 1000;
  const distance = m.number(inKilometres ? place.precision / 1000 : place.precision, {
    style: 'unit',
    unit: inKilometres ? 'kilometer' : 'meter',
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  });
  return m.t('public.place.precision', { name: place.name, distance });
}

/** One line that says what a record or source is; the words of the source stay in the source's language. */
export function headline(view: PublicView, m: PublicMessages, length = 160): string {
  switch (view.kind) {
    case 'statement': {
      const speaker = view.speaker?.name ?? m.t('public.speaker.unknown');
      const act = m.t(`public.act.${view.act}`);
      const id = view.mode === 'direct' ? 'public.headline.direct' : 'public.headline.reported';
      return m.t(id, { speaker, act, content: clip(view.content, length) });
    }
    case 'figure': {
      const figure = { counted: clip(view.counted, length), amount: figureInWords(view, m) };
      return view.accordingTo
        ? m.t('public.headline.figure.by', { ...figure, party: view.accordingTo.name })
        : m.t('public.headline.figure', figure);
    }
    default:
      return clip(view.title, length);
  }
}

/** The date of what a view is about, in words; the empty string when it has none. */
export function viewDate(view: PublicView, m: PublicMessages): string {
  const date = dateOf(view);
  return date === null ? '' : dateInWords(date, m);
}

/** A figure's amount with its bound and unit: "up to 2,300". */
export function figureInWords(figure: PublicFigure, m: PublicMessages): string {
  return amountInWords(figure, figure.unit, m);
}

/** What a list says beneath a record's own line: the speaker's role, who counts, where it was. */
export function byline(view: PublicView, m: PublicMessages): string[] {
  const party = (value: Party | null, id?: 'public.according-to' | 'public.reported-by') =>
    value === null ? [] : [id ? m.t(id, { party: partyInWords(value, m) }) : partyInWords(value, m)];
  switch (view.kind) {
    case 'statement':
      return [
        ...(view.speaker?.role ? [view.speaker.role] : []),
        ...(view.venue && view.venue !== 'other' ? [m.t(`public.venue.${view.venue}`)] : []),
      ];
    case 'figure':
      return [...party(view.accordingTo, 'public.according-to'), ...(view.place ? [view.place.name] : [])];
    case 'incident':
      return [
        ...(view.place ? [view.place.name] : []),
        ...new Set(view.acts.flatMap((act) => act.perpetrators.map(({ party }) => party.name))),
      ];
    case 'source':
      return [view.author, view.publisher].filter((name) => name !== null);
  }
}

/** A label and what stands beside it. `language` is of the words, where they are the source's and not the page's. */
export interface Fact {
  label: string;
  values: string[];
}

/** The details of a record that its headline and lead do not say. */
export function facts(view: PublicStatement | PublicFigure | PublicIncident, m: PublicMessages): Fact[] {
  const found: Fact[] = [];
  type Label =
    Extract<keyof typeof en, `public.fact.${string}`> extends `public.fact.${infer Name}` ? Name : never;
  const add = (label: Label, ...values: (string | null | undefined)[]) => {
    const given = values.filter((value) => value !== null && value !== undefined && value !== '') as string[];
    if (given.length > 0) found.push({ label: m.t(`public.fact.${label}`), values: given });
  };
  const party = (value: Party | null) => value && partyInWords(value, m);
  const date = (value: string | null) => value && dateInWords(value, m);
  if (view.kind === 'statement') {
    add('how', m.t(`public.mode.${view.mode}`));
    add('to', party(view.addressee));
    add('where', view.venue && m.t(`public.venue.${view.venue}`));
    add('when', date(view.saidOn));
    add('about', ...view.topics);
    add('reported-by', party(view.reporter));
  } else if (view.kind === 'figure') {
    add('according-to', party(view.accordingTo));
    add('reported-by', party(view.reportedBy));
    add('place', view.place && placeInWords(view.place, m));
    add('period', date(view.period));
    add('method', view.method);
    add('equivalents', ...view.equivalents.map(({ value, unit }) => quantityInWords(value, unit, m)));
    const { baseline } = view;
    add(
      'baseline',
      baseline && date(baseline.period),
      baseline && baseline.value !== null ? quantityInWords(baseline.value, null, m) : null,
      baseline?.words,
    );
  } else {
    add('when', date(view.occurredOn));
    add('place', view.place && placeInWords(view.place, m));
  }
  add('tags', ...view.tags);
  return found;
}

/** The acts of an incident, each with what is known of it. */
export function actsInWords(incident: PublicIncident, m: PublicMessages): { title: string; facts: Fact[] }[] {
  return incident.acts.map((act) => {
    const found: Fact[] = [];
    const add = (label: 'by' | 'method' | 'victims' | 'things' | 'reason' | 'outcome', values: string[]) => {
      if (values.length > 0) found.push({ label: m.t(`public.fact.${label}`), values });
    };
    add(
      'by',
      act.perpetrators.map(({ party, involvement }) =>
        m.t('public.party', {
          name: partyInWords(party, m),
          role: m.t(`public.involvement.${involvement}`),
        }),
      ),
    );
    add('method', act.method === null ? [] : [act.method]);
    add(
      'victims',
      act.victims.map(({ unit, count, description }) => {
        const counted = count
          ? amountInWords(count, m.t(`public.counting-unit.${unit}`), m)
          : m.t(`public.counting-unit.${unit}`);
        return description ? m.t('public.party', { name: counted, role: description }) : counted;
      }),
    );
    add(
      'things',
      act.things.map(({ what, fate, count }) =>
        m.t('public.party', {
          name: count ? amountInWords(count, what, m) : what,
          role: m.t(`public.fate.${fate}`),
        }),
      ),
    );
    add('reason', act.statedReason === null ? [] : [act.statedReason]);
    add('outcome', act.outcome === null ? [] : [act.outcome]);
    return { title: m.t(`public.act-kind.${act.kind}`), facts: found };
  });
}
