// Entries of the log in words.
import { describe, expect, test } from 'vitest';
import { Action, type Entry } from '../../record/entry.ts';
import { wordsOf } from '../../ui/messages.tsx';
import { actionInWords, batchesOf, leadOf, subjectInWords, subjectPlace } from './entry-words.ts';

const en = wordsOf('en', {});
const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;
const entry = (change: Partial<Entry>): Entry => ({
  id: id(1),
  dossier: id(2),
  at: '2026-01-01T00:00:00.000Z',
  who: id(3),
  action: 'source.edit',
  subject: id(4),
  batch: id(5),
  undoes: null,
  index: 7,
  payload: null,
  erased: false,
  sealed: false,
  ...change,
});

test('every action of the log has words', () => {
  for (const action of Action.options) expect(actionInWords(entry({ action }), en)).not.toBe(action);
});

test('an action newer than the screen stays as it is', () => {
  expect(actionInWords(entry({ action: 'camera.polish' as Action }), en)).toBe('camera.polish');
});

test('a source that could not be read is not called read', () => {
  const read = entry({ action: 'source.read', payload: { failure: { code: 'read.damaged' } } });
  expect(actionInWords(read, en)).toBe('source could not be read');
});

test('asking the language model says which one, where, and whether it answered', () => {
  const at = { model: 'small-model', host: '127.0.0.1:8080' };
  const told = (payload: object) => {
    const asking = entry({ action: 'source.consult', payload });
    return [actionInWords(asking, en), subjectInWords(asking, en)];
  };
  expect(told({ asked: at })).toEqual(['language model asked', 'small-model · 127.0.0.1:8080']);
  expect(told({ consulted: { ...at, failure: null } })[0]).toBe('language model answered');
  expect(told({ consulted: { ...at, failure: { code: 'model.silent' } } })).toEqual([
    'language model did not answer in full',
    'small-model · 127.0.0.1:8080',
  ]);
});

describe('batches', () => {
  test('take entries together that follow one another, and lose none', () => {
    const entries = [5, 5, 6, 5].map((batch, n) => entry({ id: id(n), batch: id(batch) }));
    const batches = batchesOf(entries);
    expect(batches.map((batch) => batch.entries.length)).toEqual([2, 1, 1]);
    expect(batches.flatMap((batch) => batch.entries)).toEqual(entries);
  });

  test('are led by what says most', () => {
    const [proposed, suggested] = [
      entry({ id: id(1), action: 'source.propose' }),
      entry({ id: id(2), action: 'figure.suggest' }),
    ];
    expect(leadOf({ id: id(5), entries: [suggested, proposed] })).toBe(proposed);
    expect(leadOf({ id: id(5), entries: [suggested] })).toBe(suggested);
  });
});

describe('what an entry is about', () => {
  test('is named, and has an address', () => {
    const edited = entry({ payload: { before: { title: 'Old' }, after: { title: 'New' } } });
    expect(subjectInWords(edited, en)).toBe('New');
    expect(subjectPlace('calais', edited)).toBe(`/d/calais/sources/${id(4)}`);
  });

  test('of a link is what it says, shown where it leads from', () => {
    const after = {
      from: { kind: 'statement', id: id(8) },
      to: { kind: 'statement', id: id(9) },
      link: 'clarifies',
    };
    const made = entry({ action: 'link.create', payload: { before: null, after } });
    expect(subjectInWords(made, en)).toBe('clarifies');
    expect(subjectPlace('calais', made)).toBe(`/d/calais/statements/${id(8)}`);
  });

  test('of a judgement is the kind of disagreement, shown in the queue; of a request, whom it asks', () => {
    const after = { kind: 'figures-differ', key: 'figures-differ:1', link: null };
    const judged = entry({ action: 'disagreement.edit', payload: { before: null, after } });
    expect(subjectInWords(judged, en)).toBe('Figures differ');
    expect(subjectPlace('calais', judged)).toBe(`/d/calais/disagreements/${id(4)}`);
    const view = { kind: 'disagreement', finding: 'rejected' };
    expect(subjectInWords(entry({ payload: { view } }), en)).toBe('Rejected');
    const asked = { after: { askedOf: { name: 'the ministry' } } };
    expect(subjectInWords(entry({ action: 'request.create', payload: asked }), en)).toBe('the ministry');
  });

  test('of an undo is what was undone; what is gone has no address', () => {
    const noun = 'figure';
    const undone = entry({ action: 'entry.undo', payload: { noun, before: { kind: 'actor' }, after: null } });
    expect(subjectPlace('calais', undone)).toBeNull();
    expect(subjectPlace('calais', { ...undone, payload: { noun, after: {} } })).toBe(
      `/d/calais/figures/${id(4)}`,
    );
  });

  test('is silent about what was erased, and survives shapes it does not know', () => {
    expect(subjectInWords(entry({ erased: true }), en)).toBe('');
    expect(subjectInWords(entry({ payload: { after: { kind: 'statement' } } }), en)).toBe('');
  });
});
