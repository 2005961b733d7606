// Forms from schemas: every field of every schema people write has a control, and nothing has to be listed twice.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ActorContent } from '../record/actor.ts';
import { Party } from '../record/common.ts';
import { EdtfDate } from '../record/date.ts';
import { FigureContent } from '../record/figure.ts';
import { IncidentContent } from '../record/incident.ts';
import { MeasureContent } from '../record/measure.ts';
import { PlaceContent } from '../record/place.ts';
import { StatementContent } from '../record/statement.ts';
import { Sensitivity } from '../record/vocabulary.ts';
import { contentOf, emptyValues, fieldAt, isAmount, schemaFields } from './schema-fields.ts';

const kinds = (schema: z.ZodObject) =>
  Object.fromEntries(schemaFields(schema, 'x').map((field) => [field.name, field.kind]));

describe('the fields of a schema', () => {
  test('follow its order, and each has the control of its type', () => {
    expect(kinds(StatementContent)).toEqual({
      content: 'long-text',
      mode: 'choice',
      act: 'choice',
      speaker: 'party',
      reporter: 'party',
      addressee: 'party',
      venue: 'choice',
      saidOn: 'date',
      topics: 'words',
      language: 'language',
      note: 'long-text',
      tags: 'words',
      sensitivity: 'choice',
    });
    expect(schemaFields(StatementContent, 'x').map((field) => field.name)).toEqual(
      Object.keys(StatementContent.shape),
    );
    expect(kinds(FigureContent)).toMatchObject({
      counted: 'text',
      measure: 'reference',
      value: 'number',
      equivalents: 'list',
      baseline: 'group',
      place: 'place',
      method: 'long-text',
    });
  });

  test('reach into acts, victims and things, however deep', () => {
    const fields = schemaFields(IncidentContent, 'incident');
    expect(fieldAt(fields, ['acts', 0, 'perpetrators', 1, 'involvement'])).toMatchObject({
      kind: 'choice',
      owner: 'perpetrators',
      vocabulary: 'involvement',
    });
    expect(fieldAt(fields, ['acts', '3', 'victims', 0, 'count'])).toMatchObject({
      kind: 'group',
      nullable: true,
    });
    expect(isAmount(fieldAt(fields, ['acts', 0, 'things', 0, 'count'])!.fields)).toBe(true);
    expect(fieldAt(fields, ['acts', 0, 'nothing'])).toBe(null);
  });

  test('know their vocabulary and title also where a title was added to a shared schema', () => {
    const [mode] = schemaFields(StatementContent, 'statement').filter((field) => field.name === 'mode');
    expect(mode).toMatchObject({ vocabulary: 'statementMode', title: 'How', nullable: false });
    expect(mode!.options).toEqual(['direct', 'indirect', 'mixed']);
    const content = fieldAt(schemaFields(StatementContent, 'statement'), ['content']);
    expect(content).toMatchObject({ minimum: 1, maximum: 20_000, title: 'What was said' });
  });

  test('appear by themselves when a schema grows', () => {
    const grown = StatementContent.extend({
      recorded: z.boolean().meta({ title: 'On tape' }),
      heard: z.array(z.object({ by: Party, on: EdtfDate.nullable(), how: Sensitivity })).max(3),
    });
    expect(fieldAt(schemaFields(grown, 'statement'), ['recorded'])).toMatchObject({
      kind: 'flag',
      title: 'On tape',
    });
    expect(fieldAt(schemaFields(grown, 'statement'), ['heard', 0, 'on'])).toMatchObject({
      kind: 'date',
      nullable: true,
    });
  });

  test('of a type without a control are refused, not left out', () => {
    expect(() => schemaFields(z.object({ secret: z.map(z.string(), z.string()) }), 'x')).toThrow('x.secret');
    expect(() => schemaFields(z.object({ secret: z.array(z.number()) }), 'x')).toThrow('secret');
  });
});

describe('an empty form', () => {
  const required: Record<string, [z.ZodObject, Record<string, unknown>]> = {
    statement: [StatementContent, { content: 'a' }],
    figure: [FigureContent, { counted: 'a' }],
    incident: [IncidentContent, { title: 'a' }],
    actor: [ActorContent, { name: 'a' }],
    place: [PlaceContent, { name: 'a' }],
    measure: [MeasureContent, { name: 'a' }],
  };
  test.each(Object.entries(required))('of a %s lacks nothing but its words', (owner, [schema, words]) => {
    const empty = emptyValues(schemaFields(schema, owner));
    expect(schema.safeParse(empty).success).toBe(false);
    expect(schema.safeParse({ ...empty, ...words }).error).toBe(undefined);
  });

  test('takes the content out of a stored record, and fills what an older one lacks', () => {
    const fields = schemaFields(MeasureContent, 'measure');
    expect(contentOf(fields, { id: 'i', version: 2, name: 'tents', unit: 't' })).toEqual({
      name: 'tents',
      definition: null,
      unit: 't',
      series: 'unknown',
      repeats: 'unknown',
      countingRule: null,
      wordings: [],
    });
  });
});
