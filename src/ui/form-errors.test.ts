// What is wrong in a form is said at its field, by the schema that the server holds it to as well.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import english from '../../locales/en.json';
import french from '../../locales/fr.json';
import { FigureContent, numbersFit } from '../record/figure.ts';
import { IncidentContent } from '../record/incident.ts';
import { StatementContent } from '../record/statement.ts';
import { Bound } from '../record/vocabulary.ts';
import { carryNumbers, contentErrors } from './form-errors.ts';
import { wordsOf } from './messages.tsx';
import { emptyValues, schemaFields } from './schema-fields.ts';

const en = wordsOf('en', english);
const fr = wordsOf('fr', french);
const statement = schemaFields(StatementContent, 'statement');
const figure = schemaFields(FigureContent, 'figure');
const incident = schemaFields(IncidentContent, 'incident');

describe('the errors of a form', () => {
  test('are none where the schema takes the content', () => {
    const content = { ...emptyValues(statement), content: 'it will be done', saidOn: '2014-10~' };
    expect(contentErrors(StatementContent, statement, content, en)).toEqual({});
  });

  test('stand at their fields, however deep, in the language of the person', () => {
    const content = emptyValues(incident) as { title: string; acts: { perpetrators: unknown[] }[] };
    content.title = 'x'.repeat(301);
    content.acts[0]!.perpetrators.push({
      party: { actor: null, name: '', role: null },
      involvement: 'ordered',
    });
    const errors = contentErrors(IncidentContent, incident, { ...content, occurredOn: 'last spring' }, fr);
    expect(errors).toEqual({
      title: fr.t('desk.form.error.long', { most: 300 }),
      occurredOn: fr.t('desk.field.date-wrong'),
      'acts.0.perpetrators.0.party.name': fr.t('desk.form.error.empty'),
    });
    expect(Object.values(errors).join()).not.toMatch(/expected|Invalid|Too/);
  });

  test('say it where a number is none, and where numbers do not fit their bound', () => {
    const content = { ...emptyValues(figure), counted: 'tents', bound: 'range', low: 9, high: 3 };
    expect(contentErrors(FigureContent, figure, content, en)).toEqual({
      bound: en.t('desk.form.error.numbers'),
    });
    const unread = { ...emptyValues(figure), counted: 'tents', bound: 'exact', value: Number.NaN };
    expect(contentErrors(FigureContent, figure, unread, en)).toEqual({
      value: en.t('desk.form.error.number'),
    });
  });

  test('also find a count inside an incident that does not fit its bound', () => {
    const act = {
      ...(emptyValues(incident).acts as object[])[0],
      victims: [
        { unit: 'person', description: null, count: { bound: 'range', value: 3, low: null, high: null } },
      ],
    };
    const content = { ...emptyValues(incident), title: 'eviction', acts: [act] };
    expect(contentErrors(IncidentContent, incident, content, en)).toEqual({
      'acts.0.victims.0.count.bound': en.t('desk.form.error.numbers'),
    });
  });
});

test('numbers that fit one bound fit every other after it was changed, or only lack an end', () => {
  const amount = fc.integer({ min: 0, max: 1000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...Bound.options),
      fc.constantFrom(...Bound.options),
      amount,
      amount,
      (from, to, a, b) => {
        const before =
          from === 'range'
            ? { bound: from, value: null, low: Math.min(a, b), high: Math.max(a, b) }
            : { bound: from, value: a, low: null, high: null };
        const after = carryNumbers(before, to);
        expect(numbersFit({ ...after, high: to === 'range' ? (after.high ?? after.low) : after.high })).toBe(
          true,
        );
        expect([after.value, after.low]).toContain(from === 'range' ? before.low : a);
      },
    ),
  );
});
