// The state of the reader and everything a person does in it: one place for keys, buttons and pointer alike.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Source } from '../../record/source.ts';
import { statusAfter } from '../../record/status.ts';
import type { RecordKind, Status } from '../../record/vocabulary.ts';
import { useMessages } from '../../ui/messages.tsx';
import { pageText } from '../../ui/page-text.ts';
import { contentAfterMove, draftFigure, draftIncident, draftStatement } from '../../ui/record-guess.ts';
import { type AnyRecord, PLURAL } from '../../ui/record-words.ts';
import { type ProblemLike, useProblemWords } from '../../ui/state.tsx';
import type { Stretch } from '../../ui/text-steps.ts';
import { arrowStep, dropEnd, moveEnd } from '../../ui/text-steps.ts';
import { useToasts } from '../../ui/toast.tsx';
import type { ApiProblem } from '../api.ts';
import { useMay } from '../dossier-context.tsx';
import { placeOf as pageOf } from '../undo.tsx';
import {
  alike,
  FIRST_VIEW,
  focusAfter,
  passageHere,
  progressOf,
  type QueueView,
  queueOf,
  stepFocus,
} from './queue.ts';
import { onRefusal, type SourceText, useRecords } from './reader-data.ts';
import { sendCreate, sendEdit, sendJudgement, sendUndo, type UndoneRows } from './send.ts';
import { type Making, type Moving, useMarks } from './use-marks.ts';

/** The record in focus and which of its passages; `by` says how it came into focus, and so what has to move to it. */
export interface Focus {
  id: string;
  passage: number;
  by: 'keys' | 'pointer' | 'address';
}

/** How long a moved end of a passage rests before it is saved: one run of key presses is one step for undo. */
const REST_MS = 600;

const DRAFTS = { statement: draftStatement, figure: draftFigure, incident: draftIncident } as const;

/** What a person chose to see stays chosen from source to source. */
let lastView: QueueView = FIRST_VIEW;

/** The reader of a source whose text is there. `asked` is the record the address names. */
export function useReader(slug: string, source: Source, given: SourceText, asked: string | null) {
  const words = useMessages();
  const { t } = words;
  const problemWords = useProblemWords();
  const toasts = useToasts();
  const [, navigate] = useLocation();
  const mayWrite = useMay()('record.write');
  const { query, records, writer, status } = useRecords(slug, source.id);
  const { text, layout, rendition } = given;
  const { language, title, published, publisher } = source;
  const page = useMemo(() => pageText(text, { language, title, layout }), [text, language, title, layout]);

  const [view, setViewState] = useState(lastView);
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [focus, setFocusState] = useState<Focus | null>(null);
  const before = useRef<string | null>(null);
  const setFocus = (next: Focus | null) => {
    before.current = focus?.id ?? null;
    setFocusState(next);
  };
  const [moving, setMovingState] = useState<Moving | null>(null);
  // What a key has just moved is settled by the next key, maybe before anything was drawn in between.
  const latestMoving = useRef<Moving | null>(null);
  const setMoving = (next: Moving | null) => {
    latestMoving.current = next;
    setMovingState(next);
  };
  const [making, setMaking] = useState<Making | null>(null);
  const [editing, setEditing] = useState<{ id: string; busy: boolean; problem: ProblemLike | null } | null>(
    null,
  );
  const [said, setSaid] = useState({ text: '', count: 0 });
  const say = useCallback((text: string) => setSaid(({ count }) => ({ text, count: count + 1 })), []);

  const focusId = focus?.id ?? null;
  const queue = useMemo(
    () => queueOf(records, source.id, view, skipped, focusId),
    [records, source.id, view, skipped, focusId],
  );
  const byId = useMemo(() => new Map(records.map((record) => [record.id, record])), [records]);
  const focused = focus ? (byId.get(focus.id) ?? null) : null;
  const progress = progressOf(records);

  const setView = (next: QueueView) => {
    lastView = next;
    setViewState(next);
  };

  // --- where one is

  const focusOn = (id: string | null, by: Focus['by'], passage?: number) => {
    settle();
    setEditing(null);
    const record = id === null ? undefined : byId.get(id);
    setFocus(
      id === null
        ? null
        : { id, by, passage: passage ?? (record && passageHere(record, source.id)?.index) ?? 0 },
    );
  };

  // The first time records are there: what the address asks for, else the first that waits.
  const begun = useRef(false);
  const loaded = query.data !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: this is about the moment the records come.
  useEffect(() => {
    if (!loaded) return;
    // The address follows the focus a moment later; what it was a moment ago is no wish.
    const isNews = asked !== focus?.id && asked !== before.current;
    const wanted = asked !== null && isNews && byId.get(asked);
    if (wanted) focusOn(asked, 'address');
    else if (!begun.current) focusOn(stepFocus(queue, null, 1), 'address');
    begun.current = records.length > 0;
  }, [loaded, asked, records.length === 0]);

  const step = (direction: -1 | 1) => {
    const next = stepFocus(queue, focus?.id ?? null, direction);
    if (next === null) say(t('desk.reader.said.nothing'));
    else if (next === focus?.id) say(t(direction === 1 ? 'desk.reader.said.last' : 'desk.reader.said.first'));
    focusOn(next, 'keys');
  };

  const skip = () => {
    if (!focused) return;
    const next = focusAfter(queue, [focused.id], focused.id);
    setSkipped((before) => [...before.filter((id) => id !== focused.id), focused.id]);
    focusOn(next ?? focused.id, 'keys');
    say(t('desk.reader.said.skipped'));
  };

  // --- decisions

  const judge = (verb: 'accept' | 'reject', chosen: readonly AnyRecord[]) => {
    settle();
    const able = chosen.filter((record) => statusAfter(record.status, verb, false) !== null);
    const kind = able[0]?.kind;
    if (!kind) {
      if (chosen[0])
        say(t('desk.reader.said.cannot', { status: t(`vocabulary.status.${chosen[0].status}`) }));
      return;
    }
    const ids = able.map((record) => record.id);
    const after: Status = verb === 'accept' ? 'accepted' : 'rejected';
    writer.add({
      subjects: ids,
      show: (record) => ({ ...record, status: after }),
      send: (now) => sendJudgement(slug, kind, verb, ids, now),
    });
    const fresh = able.filter((record) => record.status === 'suggested' && record.provenance !== null).length;
    const left = { decided: progress.decided + fresh, total: progress.total };
    const next = focusAfter(queue, ids, focus?.id ?? null);
    if (next !== null) focusOn(next, 'keys');
    setEditing(null);
    const done = t(verb === 'accept' ? 'desk.reader.said.accepted' : 'desk.reader.said.rejected', {
      count: ids.length,
    });
    const rest = next === null ? t('desk.reader.said.all-done') : t('desk.reader.progress', left);
    say(`${done} ${rest}`);
    if (ids.length > 1) {
      toasts.show(done, { action: { label: t('desk.undo.undo'), run: () => takeBack('undo') } });
    }
  };

  const takeBack = (verb: 'undo' | 'redo') => {
    settle();
    let rows: UndoneRows | null = null;
    writer.add({
      subjects: [],
      send: () =>
        sendUndo(slug, verb, (answer) => {
          rows = answer;
        }),
      done: () => rows && showUndone(verb, rows),
    });
  };

  const showUndone = (verb: 'undo' | 'redo', undone: UndoneRows) => {
    const { action, rows } = undone;
    const key = `desk.action.${action}`;
    const what =
      verb === 'redo'
        ? t('desk.reader.said.redone', { count: rows.length })
        : t('desk.undo.undone', { action: words.has(key) ? t(key) : action, count: rows.length });
    const here = rows.map((row) => row.record).find((record) => record && passageHere(record, source.id));
    say(what);
    if (here) {
      setSkipped((before) => before.filter((id) => id !== here.id));
      setFocus({ id: here.id, by: 'keys', passage: passageHere(here, source.id)!.index });
      return;
    }
    const [first] = rows;
    const elsewhere = rows.find((row) => row.record)?.record;
    const href = elsewhere?.passages[0]
      ? `/d/${slug}/sources/${elsewhere.passages[0].source}?record=${elsewhere.id}`
      : first && !first.removed
        ? pageOf(slug, first.noun, first.id)
        : null;
    toasts.show(what, href ? { link: { label: t('desk.undo.show'), href } } : {});
  };

  // --- passages

  /** The passage in focus as it stands on the screen: moved already, or as saved; or that of the record being made. */
  const focusRange = (): Stretch | null => {
    if (making) return making.draft.range;
    if (!focused || !focus) return null;
    const moved = latestMoving.current;
    if (moved?.id === focus.id && moved.passage === focus.passage) return moved.range;
    const passage = focused.passages[focus.passage];
    const here =
      passage?.source === source.id && passage.anchor !== 'lost' && passage.rendition === rendition;
    return here ? { start: passage.start, end: passage.end } : null;
  };

  const setRange = (range: Stretch) => {
    if (making) {
      const before = text.slice(making.draft.range.start, making.draft.range.end);
      const follows = contentAfterMove(
        { kind: making.kind, ...making.draft.content },
        before,
        text.slice(range.start, range.end),
      );
      setMaking({ ...making, draft: { range, content: { ...making.draft.content, ...follows } } });
    } else if (focused && focus) {
      if (focused.passages.some((passage) => passage.anchor === 'lost')) {
        say(t('desk.reader.said.lost-first'));
        return;
      }
      setMoving({ id: focus.id, passage: focus.passage, range });
    }
    say(t('desk.reader.said.moved', { words: text.slice(range.start, range.end).slice(0, 300) }));
  };

  const move = (edge: 'start' | 'end', direction: -1 | 1) => {
    const range = focusRange();
    if (!range) return;
    const moved = moveEnd(text, range, edge, direction, language);
    if (moved !== range) setRange(moved);
  };

  /** Moves an end as an arrow key points: in words that run from right to left, the left arrow leads on. */
  const moveByArrow = (edge: 'start' | 'end', key: 'ArrowLeft' | 'ArrowRight') => {
    const at = focusRange();
    if (at) move(edge, arrowStep(key, text.slice(at.start, at.end)));
  };

  const drag = (edge: 'start' | 'end', position: number) => {
    const range = focusRange();
    const moved = range && dropEnd(text, range, edge, position, language);
    if (moved && (moved.start !== range.start || moved.end !== range.end)) setRange(moved);
  };

  /** Saves a passage that was moved. Called before anything else happens, and when nothing happens for a moment. */
  const settle = () => {
    const moved = latestMoving.current;
    if (!moved) return;
    setMoving(null);
    const { id, passage: index, range } = moved;
    const record = byId.get(id);
    const old = record?.passages[index];
    if (!record || !old || (old.start === range.start && old.end === range.end)) return;
    const exact = text.slice(range.start, range.end);
    writer.add({
      subjects: [id],
      show: (now) => {
        const passages = now.passages.map((passage, at) =>
          at === index ? { ...passage, ...range, exact } : passage,
        );
        return { ...now, passages, ...contentAfterMove(now, old.exact, exact) } as AnyRecord;
      },
      send: (now) => {
        const current = now(id);
        const passages = (current ?? record).passages.map(({ source, start, end }, at) =>
          at === index ? { source, ...range } : { source, start, end },
        );
        return sendEdit(slug, record.kind, id, now, {
          passages,
          content: contentAfterMove(current ?? record, old.exact, exact),
        });
      },
    });
  };
  const latestSettle = useRef(settle);
  useEffect(() => {
    latestSettle.current = settle;
  });
  useEffect(() => {
    if (!moving) return;
    const timer = setTimeout(() => latestSettle.current(), REST_MS);
    return () => clearTimeout(timer);
  }, [moving]);
  // Leaving the screen leaves nothing unsaved.
  useEffect(() => () => latestSettle.current(), []);

  // --- making and editing

  const make = (kind: RecordKind, range: Stretch) => {
    settle();
    const draft = DRAFTS[kind](text, range, { language, published, publisher });
    if (!draft) return;
    setEditing(null);
    const draftKey = `${kind}/new:${source.id}:${draft.range.start}-${draft.range.end}`;
    setMaking({ kind, draft, draftKey, problem: null, busy: false });
    document.getSelection()?.removeAllRanges();
    say(t('desk.reader.said.making', { kind: t(`vocabulary.recordKind.${kind}`) }));
  };

  /** Saves the record being made. Resolves once it is saved; rejects when the server refused it. */
  const saveMade = (content: object): Promise<void> => {
    const { kind, draft } = making!;
    setMaking((now) => now && { ...now, busy: true, problem: null });
    return new Promise((resolve, reject) =>
      writer.add({
        subjects: [],
        send: () => sendCreate(slug, kind, content, [{ source: source.id, ...draft.range }]),
        done: ({ records: [made] = [] }) => {
          resolve();
          setMaking(null);
          if (made) setFocus({ id: made.id, by: 'keys', passage: 0 });
          say(t('desk.reader.said.made', { kind: t(`vocabulary.recordKind.${kind}`) }));
        },
        refused: (error) => {
          reject(error);
          setMaking((now) => now && { ...now, busy: false, problem: error as ProblemLike });
        },
      }),
    );
  };

  /** Saves what was changed of the record in focus; as saveMade. */
  const saveEdit = (changed: object): Promise<void> => {
    const { id, kind } = focused!;
    if (Object.keys(changed).length === 0) {
      setEditing(null);
      return Promise.resolve();
    }
    setEditing({ id, busy: true, problem: null });
    return new Promise((resolve, reject) =>
      writer.add({
        subjects: [id],
        send: (now) => sendEdit(slug, kind, id, now, { content: changed }),
        done: () => {
          resolve();
          setEditing(null);
          say(t('desk.reader.said.edited'));
        },
        refused: (error) => {
          reject(error);
          void query.refetch();
          setEditing((now) => now && { ...now, busy: false, problem: error as ProblemLike });
        },
      }),
    );
  };

  /** Rests the record in focus on selected words, in place of passages that were lost when its source was read again. */
  const repin = (range: Stretch) => {
    if (!focused) return;
    const { id, kind } = focused;
    document.getSelection()?.removeAllRanges();
    writer.add({
      subjects: [id],
      send: (now) => {
        const kept = (now(id) ?? focused).passages.filter((passage) => passage.anchor !== 'lost');
        const passages = [
          ...kept.map(({ source, start, end }) => ({ source, start, end })),
          { source: source.id, ...range },
        ];
        return sendEdit(slug, kind, id, now, { passages });
      },
      done: () => say(t('desk.reader.said.edited')),
    });
  };

  useEffect(
    () =>
      onRefusal((problem: ApiProblem) => {
        const sentence =
          problem.code === 'record.version' ? t('desk.reader.conflict') : problemWords(problem);
        toasts.show(sentence, { tone: 'problem' });
      }),
    [t, problemWords, toasts],
  );

  const turnedDown = focused?.status === 'rejected' || focused?.status === 'withdrawn';
  const marks = useMarks({
    text,
    source: source.id,
    rendition,
    records,
    showsRejected: view.status === 'all' || view.status === 'rejected',
    alsoShown: turnedDown ? focused.id : null,
    moving,
    making,
  });

  return {
    source,
    page,
    query,
    records,
    queue,
    marks,
    /** Whether this person may decide here; otherwise the reader is for reading. */
    mayWrite,
    view,
    setView,
    focus,
    focused,
    focusOn,
    range: focusRange(),
    progress,
    saving: { ...status, unsaved: status.waiting > 0 || moving !== null, retry: writer.retry },
    said,
    say,
    making,
    editing,
    alike: (record: AnyRecord) => alike(records, record, source.id),
    isLost: focused !== null && passageHere(focused, source.id) === null,
    step,
    skip,
    accept: () => focused && judge('accept', [focused]),
    reject: () => focused && judge('reject', [focused]),
    judge,
    undo: () => takeBack('undo'),
    redo: () => takeBack('redo'),
    move,
    moveByArrow,
    drag,
    settle,
    make,
    saveMade,
    cancelMaking: () => setMaking(null),
    edit: () => {
      settle();
      setEditing(focused && { id: focused.id, busy: false, problem: null });
    },
    saveEdit,
    cancelEdit: () => setEditing(null),
    repin,
    openPage: () => focused && navigate(`/d/${slug}/${PLURAL[focused.kind]}/${focused.id}`),
  };
}

/** What the parts of the reader share. */
export type Reader = ReturnType<typeof useReader>;
