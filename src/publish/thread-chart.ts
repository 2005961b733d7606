// The picture of a thread as SVG: drawn once, on the server, for the desk, public pages and files. Plain marks and words: it
// needs no script, and every mark leads to its statement.
import type { Thread, ThreadLink } from '../analysis/thread.ts';
import type { Actor } from '../record/actor.ts';
import type { PublicMessages } from './public-words.ts';
import {
  type ChartLane,
  type ChartStatement,
  layoutThread,
  MARK,
  type PlacedText,
  type ThreadLayout,
  type ThreadPicture,
  textWidth,
} from './thread-layout.ts';
import {
  axisDate,
  drawnRange,
  linkWord,
  spanInWords,
  statementInWords,
  type ToldStatement,
} from './thread-words.ts';

/** What a picture is made of: a thread, its statements by id, and what is to be drawn of its links. */
export interface ThreadToDraw {
  thread: Pick<Thread, 'title' | 'statements' | 'speakers'>;
  statements: ReadonlyMap<string, ToldStatement>;
  links: readonly ThreadLink[];
  /** Of which body each speaker is, where that is known. */
  groups: readonly (string | null)[];
}

/** Of which body each speaker of a thread is: a body is of itself, a person of the body of a role. */
export function bodiesOf(
  speakers: Thread['speakers'],
  actors: readonly Pick<Actor, 'id' | 'type' | 'roles'>[],
): (string | null)[] {
  const known = new Map(actors.map((actor) => [actor.id, actor]));
  return speakers.map(({ actor: id }) => {
    const actor = id === null ? undefined : known.get(id);
    if (!actor) return null;
    return actor.type === 'person'
      ? (actor.roles.findLast(({ body }) => body !== null)?.body ?? null)
      : actor.id;
  });
}

function formOf({ act, mode }: ToldStatement): ChartStatement['form'] {
  return act === 'no-response' ? 'silence' : mode;
}

/** A thread as it is to be laid out, in the reader's language. */
export function pictureOf(
  { thread, statements, links, groups }: ThreadToDraw,
  m: PublicMessages,
): ThreadPicture {
  const noted = new Map<number, string>();
  const drawn = thread.statements.flatMap(({ id, speaker, range }, index): ChartStatement[] => {
    const statement = statements.get(id);
    if (!statement) return [];
    const role = statement.speaker?.role;
    if (role && !noted.has(speaker)) noted.set(speaker, role);
    const words =
      statement.act === 'no-response'
        ? m.t('public.act.no-response')
        : // Words that were taken over with their marks need none of ours.
          statement.mode === 'direct' && !/[“”«»"]/.test(statement.content)
          ? m.t('public.thread.quoted', { content: statement.content })
          : statement.content;
    return [
      {
        ...{ id, number: index + 1, lane: speaker, form: formOf(statement), words },
        range: drawnRange(range),
      },
    ];
  });
  return {
    lanes: thread.speakers.map(
      ({ name }, lane): ChartLane => ({ name, note: noted.get(lane) ?? null, group: groups[lane] ?? null }),
    ),
    statements: drawn,
    links: links.map(({ from, to, link, basis }) => ({
      ...{ from, to, isSuggested: basis === 'suggested' },
      word:
        basis === 'suggested'
          ? m.t('public.thread.suggested', { link: linkWord(link, m) })
          : linkWord(link, m),
    })),
    words: {
      date: (range) => axisDate(range, m),
      gap: (length) => spanInWords(length, m),
      undated: m.t('public.undated'),
    },
    isRightToLeft: m.direction === 'rtl',
  };
}

/** Colours of a file that stands alone; on a page its stylesheet says otherwise. */
const INK = { ink: '#1c1a17', soft: '#5b564d', rule: '#d8d2c4', mark: '#174a80', paper: '#ffffff' };

/**
 * The picture of a thread as an SVG element. `href` gives the address of a statement's place in the list under it; null makes
 * a picture that leads nowhere, for a file.
 */
export function threadChart(
  drawn: ThreadToDraw,
  m: PublicMessages,
  href: ((id: string) => string) | null,
): string {
  const layout = layoutThread(pictureOf(drawn, m));
  const isFile = href === null;
  const legend = legendOf(layout, m);
  const height = layout.height + legend.height;
  const label = m.t('public.thread.picture', { title: drawn.thread.title });
  const size = `viewBox="0 0 ${num(layout.width)} ${num(height)}" width="${num(layout.width)}" height="${num(height)}"`;
  const wide = layout.width > 900 ? ' tc-wide' : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="thread-chart${wide}" ${size} role="group" aria-label="${escaped(label)}" direction="ltr" font-family="'Source Sans 3', 'Noto Sans Arabic', system-ui, sans-serif">`,
    isFile ? `<title>${escaped(label)}</title><rect width="100%" height="100%" fill="${INK.paper}"/>` : '',
    `<g aria-hidden="true">`,
    ...lanes(layout),
    ...axis(layout),
    ...spans(layout),
    ...links(layout),
    `</g>`,
    ...layout.marks.map((mark) => markOf(mark, drawn, m, href)),
    `<g aria-hidden="true">`,
    ...layout.marks.flatMap(({ words }) => (words ? [text(words, 'tc-words', INK.ink, true)] : [])),
    ...layout.links.flatMap(({ word, link }) =>
      word ? [text(word, link.isSuggested ? 'tc-word tc-suggested' : 'tc-word', INK.ink, true)] : [],
    ),
    legend.svg,
    `</g></svg>`,
  ].join('');
}

function lanes({ lanes: placed, plot, marks }: ThreadLayout): string[] {
  return placed.flatMap(({ lane, y, name, note }) => {
    // A lane is interrupted where somebody did not answer.
    const silences = marks
      .filter(({ statement }) => statement.lane === lane && statement.form === 'silence')
      .map(({ x }) => x)
      .sort((a, b) => a - b);
    const ends = [plot.left, ...silences.flatMap((x) => [x - MARK, x + MARK]), plot.right];
    const pieces: string[] = [];
    for (let index = 0; index < ends.length; index += 2) {
      const [from, to] = [ends[index]!, ends[index + 1]!];
      if (to > from)
        pieces.push(
          `<line class="tc-lane" x1="${num(from)}" y1="${num(y)}" x2="${num(to)}" y2="${num(y)}" stroke="${INK.rule}"/>`,
        );
    }
    return [
      ...pieces,
      text(name, 'tc-name', INK.ink, false, 600),
      ...(note ? [text(note, 'tc-note', INK.soft)] : []),
    ];
  });
}

function axis({ axis: placed, plot }: ThreadLayout): string[] {
  const { y } = placed;
  return [
    `<line class="tc-axis" x1="${num(plot.left)}" y1="${num(y)}" x2="${num(plot.right)}" y2="${num(y)}" stroke="${INK.soft}"/>`,
    ...placed.gaps.map(({ x, text: words }) =>
      words
        ? text(words, 'tc-gap', INK.soft, true)
        : `<path class="tc-break" d="M${num(x - 5)} ${num(y + 5)}l4 -10M${num(x + 1)} ${num(y + 5)}l4 -10" stroke="${INK.soft}" fill="none"/>`,
    ),
    ...placed.dates.map((date) => text(date, 'tc-date', INK.soft)),
    ...(placed.undated
      ? [
          `<line class="tc-undated" x1="${num(placed.undated.x)}" y1="4" x2="${num(placed.undated.x)}" y2="${num(y)}" stroke="${INK.rule}" stroke-dasharray="2 4"/>`,
          text(placed.undated.text, 'tc-date', INK.soft),
        ]
      : []),
  ];
}

/** How far a date may lie to either side: a pale bar behind the mark. */
function spans({ marks }: ThreadLayout): string[] {
  return marks.flatMap(({ span, y }) =>
    span
      ? [
          `<rect class="tc-span" x="${num(span.left)}" y="${num(y - 3)}" width="${num(span.right - span.left)}" height="6" rx="3" fill="${INK.mark}" fill-opacity="0.16"/>`,
        ]
      : [],
  );
}

function links({ links: placed }: ThreadLayout): string[] {
  return placed.map(({ link, path, arrow }) => {
    const dots = link.isSuggested ? ' stroke-dasharray="1.5 4.5" stroke-linecap="round"' : '';
    const kind = link.isSuggested ? 'tc-link tc-suggested' : 'tc-link';
    return `<g class="${kind}" fill="none" stroke="${INK.ink}" stroke-width="1.4"><path d="${path}"${dots}/><path d="${arrow}"/></g>`;
  });
}

function markOf(
  { statement, x, y }: ThreadLayout['marks'][number],
  drawn: ThreadToDraw,
  m: PublicMessages,
  href: ((id: string) => string) | null,
): string {
  const { id, form, number } = statement;
  const isFilled = form === 'direct';
  const size = number > 99 ? 10 : 12;
  const shape =
    form === 'silence'
      ? `<path class="tc-shape" d="M${num(x - MARK)} ${num(y - 9)}v18M${num(x + MARK)} ${num(y - 9)}v18" stroke="${INK.soft}" stroke-width="2" fill="none"/>`
      : `<circle class="tc-shape" cx="${num(x)}" cy="${num(y)}" r="${num(MARK - (form === 'mixed' ? 1.5 : 0.75))}" fill="${isFilled ? INK.mark : INK.paper}" stroke="${INK.mark}" stroke-width="${form === 'mixed' ? 3.5 : 1.5}"/>`;
  const figure = `<text class="tc-number" x="${num(x)}" y="${num(y + size * 0.34)}" text-anchor="middle" font-size="${size}" font-weight="600" fill="${isFilled ? INK.paper : form === 'silence' ? INK.soft : INK.mark}">${number}</text>`;
  const body = `<circle class="tc-hit" cx="${num(x)}" cy="${num(y)}" r="${MARK + 2}" fill="none" pointer-events="all"/>${shape}${figure}`;
  const label = escaped(labelOf(id, number, drawn, m));
  if (href === null) return `<g class="tc-mark tc-${form}" role="img" aria-label="${label}">${body}</g>`;
  return `<a class="tc-mark tc-${form}" href="${escaped(href(id))}" data-statement="${escaped(id)}" aria-label="${label}">${body}</a>`;
}

/** What a mark is called: its number, who said what when, and what it answers. */
function labelOf(id: string, number: number, drawn: ThreadToDraw, m: PublicMessages): string {
  const line = statementInWords(drawn.statements.get(id)!, m, 120);
  const numbers = new Map(drawn.thread.statements.map((one, index) => [one.id, index + 1]));
  const answers = drawn.links.flatMap(({ from, to, link, basis }) => {
    const other = numbers.get(to);
    if (from !== id || other === undefined) return [];
    const word = linkWord(link, m);
    const kind = basis === 'suggested' ? m.t('public.thread.suggested', { link: word }) : word;
    return [m.t('public.thread.answers', { link: kind, number: other })];
  });
  return [`${number}. ${line}`, ...answers].join(' ');
}

/** What the marks mean, for those that are in the picture; and whether time is drawn to scale. */
function legendOf(
  { marks, width, height, isToScale }: ThreadLayout,
  m: PublicMessages,
): { svg: string; height: number } {
  const y = height + 14;
  const isRtl = m.direction === 'rtl';
  const pieces: string[] = [];
  let at = 0;
  const x = (offset: number) => num(isRtl ? width - offset : offset);
  for (const form of ['direct', 'mixed', 'indirect', 'silence'] as const) {
    if (!marks.some(({ statement }) => statement.form === form)) continue;
    const words = form === 'silence' ? m.t('public.act.no-response') : m.t(`public.mode.${form}`);
    const shape =
      form === 'silence'
        ? `<path class="tc-shape" d="M${x(at + (isRtl ? 10 : 2))} ${y - 9}v10M${x(at + (isRtl ? 2 : 10))} ${y - 9}v10" stroke="${INK.soft}" stroke-width="1.5" fill="none"/>`
        : `<circle class="tc-shape" cx="${x(at + 6)}" cy="${y - 4}" r="${form === 'mixed' ? 4 : 5}" fill="${form === 'direct' ? INK.mark : INK.paper}" stroke="${INK.mark}" stroke-width="${form === 'mixed' ? 2.5 : 1.25}"/>`;
    pieces.push(
      `<g class="tc-${form}">${shape}</g>`,
      `<text class="tc-legend" x="${x(at + 17)}" y="${y}" font-size="12" fill="${INK.soft}"${isRtl ? ' text-anchor="end"' : ''}>${escaped(words)}</text>`,
    );
    at += 17 + textWidth(words, 12) * 1.06 + 20;
  }
  if (marks.some(({ span }) => span !== null)) {
    const words = m.t('public.thread.span');
    pieces.push(
      `<rect class="tc-span" x="${num(isRtl ? width - at - 22 : at)}" y="${y - 7}" width="22" height="6" rx="3" fill="${INK.mark}" fill-opacity="0.16"/>`,
      `<text class="tc-legend" x="${x(at + 28)}" y="${y}" font-size="12" fill="${INK.soft}"${isRtl ? ' text-anchor="end"' : ''}>${escaped(words)}</text>`,
    );
    at += 28 + textWidth(words, 12) * 1.06 + 20;
  }
  let lines = 1;
  if (!isToScale) {
    const words = m.t('public.thread.not-to-scale');
    // Beside the marks where there is room, else beneath them.
    const isBeside = at + textWidth(words, 12) < width;
    if (!isBeside) lines = 2;
    const isAtRight = isBeside !== isRtl;
    pieces.push(
      `<text class="tc-legend" x="${num(isAtRight ? width : 0)}" y="${y + (isBeside ? 0 : 18)}" font-size="12" fill="${INK.soft}"${isAtRight ? ' text-anchor="end"' : ''}>${escaped(words)}</text>`,
    );
  }
  return { svg: pieces.join(''), height: 12 + 18 * lines };
}

function text(
  { text: words, x, y, anchor, size }: PlacedText,
  name: string,
  fill: string,
  hasHalo = false,
  weight?: number,
): string {
  const halo = hasHalo
    ? ` paint-order="stroke" stroke="${INK.paper}" stroke-width="5" stroke-linejoin="round"`
    : '';
  const bold = weight === undefined ? '' : ` font-weight="${weight}"`;
  // The isolates keep words of another direction to themselves.
  return `<text class="${name}${hasHalo ? ' tc-halo' : ''}" x="${num(x)}" y="${num(y)}" text-anchor="${anchor}" font-size="${size}"${bold} fill="${fill}"${halo}>\u2068${escaped(words)}\u2069</text>`;
}

const num = (value: number) => String(Math.round(value * 10) / 10);

/** Text within SVG: nothing in it can end an element or an attribute, and nothing in it that XML forbids remains. */
function escaped(words: string): string {
  return words
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
