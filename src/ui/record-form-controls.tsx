// The controls of a form, one for each kind of field, and the groups and lists they stand in.
import { type ReactNode, useId, useState } from 'react';
import type { FigureContent } from '../record/figure.ts';
import { Button, IconButton } from './button.tsx';
import { Checkbox, ComboBox, DateField, Select, TextArea, TextField } from './field.tsx';
import { addLabel, fieldHint, fieldLabel, itemLabel, languageInWords, termInWords } from './field-words.ts';
import { carryNumbers, type FormErrors } from './form-errors.ts';
import { useMessages } from './messages.tsx';
import { readNumber } from './number-input.ts';
import style from './record-form.module.css';
import { emptyValues, isAmount, type SchemaField } from './schema-fields.ts';
import { type ProblemLike, useProblemWords } from './state.tsx';

/** Something of the dossier that records name. */
export interface KnownName {
  id: string;
  name: string;
  aliases?: readonly string[];
  note?: string;
}

/** What is proposed while somebody writes: what the dossier knows, and names its records use. */
export interface KnownNames {
  actors: readonly KnownName[];
  places: readonly KnownName[];
  measures: readonly KnownName[];
  /** Names of parties, as printed on records. */
  parties: readonly string[];
  placeNames: readonly string[];
  /** Makes a measure of this name and gives its id; where it is absent, measures cannot be made in a form. */
  makeMeasure?: (name: string) => Promise<string>;
}

/** A dossier about which nothing is known yet. */
export const NO_NAMES: KnownNames = { actors: [], places: [], measures: [], parties: [], placeNames: [] };

type Values = Record<string, unknown>;

interface ControlsProps {
  fields: SchemaField[];
  value: Readonly<Values>;
  onChange: (value: Values) => void;
  /** The path of the object the fields belong to; empty, or ending in a point. */
  path: string;
  errors: FormErrors;
  known: KnownNames;
}

/** The controls of all fields of an object, in the order of its schema. */
export function SchemaControls({ fields, value, onChange, path, errors, known }: ControlsProps): ReactNode {
  const together = isAmount(fields);
  return (
    <div className={style.fields}>
      {fields.map((field) => {
        if (together && ['value', 'low', 'high'].includes(field.name)) return null;
        if (together && field.name === 'bound') {
          return (
            <AmountControl
              key="bound"
              field={field}
              value={value}
              onChange={onChange}
              path={path}
              errors={errors}
            />
          );
        }
        return (
          <FieldControl
            key={field.name}
            field={field}
            value={value[field.name]}
            onChange={(next) => onChange({ ...value, [field.name]: next })}
            path={`${path}${field.name}`}
            errors={errors}
            known={known}
          />
        );
      })}
    </div>
  );
}

interface FieldControlProps {
  field: SchemaField;
  value: unknown;
  onChange: (value: unknown) => void;
  path: string;
  errors: FormErrors;
  known: KnownNames;
}

function FieldControl(props: FieldControlProps): ReactNode {
  const { field, value, onChange, path, errors, known } = props;
  const words = useMessages();
  const label = fieldLabel(field, words);
  const error = errors[path] ?? null;
  const description = fieldHint(field, words) ?? undefined;
  const text = (value as string | null) ?? '';
  const write = (next: string) => onChange(next === '' && field.nullable ? null : next);
  switch (field.kind) {
    case 'text':
      return (
        <TextField label={label} description={description} error={error} value={text} onChange={write} />
      );
    case 'long-text':
      return (
        <TextArea
          className={style.whole ?? ''}
          label={label}
          description={description}
          error={error}
          value={text}
          onChange={write}
          rows={field.nullable ? 2 : 4}
        />
      );
    case 'date':
      return (
        <DateField
          label={label}
          description={description}
          error={error}
          value={text}
          onChange={(next) => write(next.trim())}
        />
      );
    case 'language':
      return <LanguageControl label={label} error={error} value={text} onChange={write} />;
    case 'number':
      return (
        <NumberControl
          label={label}
          description={description}
          error={error}
          value={value as number | null}
          onChange={onChange}
        />
      );
    case 'flag':
      return (
        <Checkbox label={label} description={description} isSelected={value === true} onChange={onChange} />
      );
    case 'choice':
      return (
        <Select
          label={label}
          description={description}
          error={error}
          value={text}
          onChange={write}
          options={[
            ...(field.nullable ? [{ value: '', label: words.t('desk.form.none') }] : []),
            ...field.options.map((term) => ({
              value: term,
              label: termInWords(field.vocabulary, term, words),
            })),
          ]}
        />
      );
    case 'reference':
      return (
        <ReferenceControl
          field={field}
          label={label}
          error={error}
          value={text}
          onChange={write}
          known={known}
        />
      );
    case 'words':
      return (
        <WordsControl
          label={label}
          error={errorUnder(errors, path)}
          value={value as string[]}
          onChange={onChange}
        />
      );
    case 'party':
      return <PartyControl {...props} label={label} />;
    case 'place':
      return <PlaceControl {...props} label={label} />;
    case 'list':
      return <ListControl {...props} label={label} />;
    case 'group':
      return <GroupControl {...props} label={label} />;
  }
}

/** The sentence of a path or of anything under it: lists of words have one control for all their items. */
function errorUnder(errors: FormErrors, path: string): string | null {
  const found = Object.keys(errors).find((one) => one === path || one.startsWith(`${path}.`));
  return found === undefined ? null : errors[found]!;
}

function NumberControl({
  label,
  description,
  error,
  value,
  onChange,
}: {
  label: string;
  description?: ReactNode;
  error: string | null;
  value: number | null;
  onChange: (value: number | null) => void;
}): ReactNode {
  const { t, locale, formatNumber } = useMessages();
  const print = (number: number | null) =>
    number === null || Number.isNaN(number) ? '' : formatNumber(number, { maximumFractionDigits: 20 });
  const [text, setText] = useState(() => print(value));
  const read = text.trim() === '' ? null : (readNumber(text, locale) ?? Number.NaN);
  // A value that came from elsewhere, as by a changed bound, is shown instead of what was typed before.
  const shown = Object.is(read, value) ? text : Number.isNaN(value) ? text : print(value);
  const understood = read !== null && !Number.isNaN(read) && print(read) !== text.trim();
  return (
    <TextField
      label={label}
      description={understood ? t('desk.form.number-understood', { number: print(read) }) : description}
      error={error}
      value={shown}
      inputMode="decimal"
      onChange={(next) => {
        setText(next);
        onChange(next.trim() === '' ? null : (readNumber(next, locale) ?? Number.NaN));
      }}
    />
  );
}

/** A number with its bound: the bound says which numbers there are to write. */
function AmountControl({
  field,
  legend,
  children,
  value,
  onChange,
  path,
  errors,
}: Pick<ControlsProps, 'value' | 'onChange' | 'path' | 'errors'> & {
  field: SchemaField;
  legend?: string;
  children?: ReactNode;
}): ReactNode {
  const words = useMessages();
  const numbers = value as unknown as Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'>;
  const { bound } = numbers;
  const isComplete = [numbers.value, numbers.low, numbers.high].some(
    (one) => one !== null && !Number.isNaN(one),
  );
  const unit = (value.unit as string | null | undefined) ?? null;
  const control = (name: 'value' | 'low' | 'high') => (
    <NumberControl
      label={words.t(`field.${name}`)}
      error={errors[`${path}${name}`] ?? null}
      value={numbers[name]}
      onChange={(next) => onChange({ ...value, [name]: next })}
    />
  );
  return (
    <fieldset className={style.amount}>
      <legend>{legend ?? words.t('field.amount')}</legend>
      {children}
      <div className={style.row}>
        <Select
          label={fieldLabel(field, words)}
          error={errors[`${path}bound`] ?? null}
          value={bound}
          onChange={(next) => onChange({ ...value, ...carryNumbers(numbers, next) })}
          options={(field.options as (typeof bound)[]).map((term) => ({
            value: term,
            label: termInWords(field.vocabulary, term, words),
          }))}
        />
        {bound !== 'range' && control('value')}
        {(bound === 'range' || (bound === 'change' && numbers.value === null)) && (
          <>
            {control('low')}
            {control('high')}
          </>
        )}
      </div>
      {isComplete && (bound !== 'exact' || unit !== null) && (
        <p className={style.reading}>
          {words.t('desk.form.amount-understood', {
            amount: words.formatAmount(numbers, unit),
          })}
        </p>
      )}
    </fieldset>
  );
}

function LanguageControl({
  label,
  error,
  value,
  onChange,
}: {
  label: string;
  error: string | null;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const words = useMessages();
  const isTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value);
  return (
    <TextField
      label={label}
      error={error}
      description={isTag ? languageInWords(value, words) : words.t('desk.form.language-hint')}
      value={value}
      onChange={(next) => onChange(next.trim())}
    />
  );
}

/** Which of the dossier's lists a reference is into, by the name of its field. */
const LIST_OF: Record<string, keyof Pick<KnownNames, 'actors' | 'places' | 'measures'>> = {
  measure: 'measures',
  parent: 'places',
  place: 'places',
  body: 'actors',
  actor: 'actors',
};

function ReferenceControl({
  field,
  label,
  error,
  value,
  onChange,
  known,
}: Pick<FieldControlProps, 'field' | 'known'> & {
  label: string;
  error: string | null;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const words = useMessages();
  const [making, setMaking] = useState(false);
  const list = LIST_OF[field.name];
  const items = list === undefined ? [] : known[list];
  const isListed = value === '' || items.some((item) => item.id === value);
  const make = list === 'measures' ? known.makeMeasure : undefined;
  return (
    <>
      <Select
        label={label}
        description={fieldHint(field, words) ?? undefined}
        error={error}
        value={making ? NEW : value}
        onChange={(next) => {
          setMaking(next === NEW);
          if (next !== NEW) onChange(next);
        }}
        options={[
          { value: '', label: words.t('desk.form.none') },
          ...items.map((item) => ({ value: item.id, label: item.name })),
          ...(isListed ? [] : [{ value, label: value }]),
          ...(make ? [{ value: NEW, label: words.t('desk.form.new-measure') }] : []),
        ]}
      />
      {making && make && (
        <NewMeasureControl
          make={make}
          onMade={(id) => {
            setMaking(false);
            onChange(id);
          }}
        />
      )}
    </>
  );
}

/** Stands for a measure that is still to be made. */
const NEW = 'new';

/** Makes a measure in its place, by its name alone; its definition is written where measures are. */
function NewMeasureControl({
  make,
  onMade,
}: {
  make: (name: string) => Promise<string>;
  onMade: (id: string) => void;
}): ReactNode {
  const { t } = useMessages();
  const problemWords = useProblemWords();
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = () => {
    if (name.trim() === '' || isBusy) return;
    setBusy(true);
    make(name.trim())
      .then(onMade, (error: ProblemLike) => setProblem(problemWords(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div>
      <TextField
        label={t('field.name')}
        error={problem}
        value={name}
        onChange={setName}
        autoFocus
        onKeyDown={(event) => {
          // Enter makes the measure; it must not save the form around it.
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          run();
        }}
      />
      <Button small isPending={isBusy} onPress={run}>
        {t('desk.form.make-measure')}
      </Button>
    </div>
  );
}

/** Words one by one: a comma or Enter ends each, Backspace takes back the last. What is being typed counts already. */
function WordsControl({
  label,
  error,
  value,
  onChange,
}: {
  label: string;
  error: string | null;
  value: readonly string[];
  onChange: (value: string[]) => void;
}): ReactNode {
  const { t } = useMessages();
  const [pending, setPending] = useState('');
  const typed = pending.trim();
  const settled = typed !== '' && value.at(-1) === typed ? value.slice(0, -1) : value;
  const write = (text: string, settling: readonly string[]) => {
    setPending(text);
    onChange([...settling, ...(text.trim() === '' ? [] : [text.trim()])]);
  };
  return (
    <div className={style.words}>
      <TextField
        label={label}
        error={error}
        description={t('desk.form.words-hint')}
        value={pending}
        onChange={(text) => {
          const parts = text.split(/[,;\n]/);
          const last = parts.pop()!;
          const ended = parts
            .map((part) => part.trim())
            .filter((part) => part !== '' && !settled.includes(part));
          write(last.trimStart(), [...settled, ...ended]);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && typed !== '') {
            event.preventDefault();
            write('', settled.includes(typed) ? settled : [...settled, typed]);
          } else if (event.key === 'Backspace' && pending === '' && settled.length > 0) {
            event.preventDefault();
            write(settled.at(-1)!, settled.slice(0, -1));
          } else event.continuePropagation();
        }}
      />
      {settled.length > 0 && (
        <ul className={style.chips}>
          {settled.map((word) => (
            <li key={word} className={style.chip}>
              <span dir="auto">{word}</span>
              <IconButton
                label={t('desk.form.remove-word', { word })}
                onPress={() => onChange(value.filter((one) => one !== word))}
              >
                ×
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** What the dossier knows by exactly this name or alias. */
function knownBy(name: string, items: readonly KnownName[]): KnownName | undefined {
  const wanted = fold(name);
  return items.find((item) => [item.name, ...(item.aliases ?? [])].some((one) => fold(one) === wanted));
}

/** Proposals: what the dossier knows first, then names its records use, each once. */
function proposals(items: readonly KnownName[], names: readonly string[], used: string) {
  const known = new Set(items.map((item) => fold(item.name)));
  return [
    ...items.map((item) => ({ id: item.id, label: item.name, ...(item.note && { note: item.note }) })),
    ...[...new Set(names)]
      .filter((name) => !known.has(fold(name)))
      .map((name) => ({ id: `name:${name}`, label: name, note: used })),
  ];
}

function PartyControl({
  field,
  value,
  onChange,
  path,
  errors,
  known,
  label,
}: FieldControlProps & { label: string }): ReactNode {
  const { t } = useMessages();
  const party = (value ?? { actor: null, name: '', role: null }) as {
    actor: string | null;
    name: string;
    role: string | null;
  };
  const write = (next: typeof party) =>
    onChange(field.nullable && next.name === '' && next.role === null ? null : next);
  const actor = known.actors.find((one) => one.id === party.actor);
  return (
    <fieldset className={style.pair}>
      <legend className="visually-hidden">{label}</legend>
      <ComboBox
        label={label}
        error={errors[path] ?? errors[`${path}.name`] ?? null}
        description={
          actor && fold(actor.name) !== fold(party.name)
            ? t('desk.form.known-as', { name: actor.name })
            : undefined
        }
        value={party.name}
        onChange={(name) => write({ ...party, name, actor: knownBy(name, known.actors)?.id ?? null })}
        onPick={(id) => {
          const picked = known.actors.find((one) => one.id === id);
          if (picked) write({ ...party, name: picked.name, actor: picked.id });
        }}
        options={proposals(known.actors, known.parties, t('desk.form.used'))}
      />
      <TextField
        label={t('field.party.role')}
        error={errors[`${path}.role`] ?? null}
        value={party.role ?? ''}
        onChange={(role) => write({ ...party, role: role === '' ? null : role })}
      />
    </fieldset>
  );
}

function PlaceControl({
  field,
  value,
  onChange,
  path,
  errors,
  known,
  label,
}: FieldControlProps & { label: string }): ReactNode {
  const { t } = useMessages();
  const place = (value ?? { place: null, name: '', precision: null }) as {
    place: string | null;
    name: string;
    precision: number | null;
  };
  const write = (next: typeof place) =>
    onChange(field.nullable && next.name === '' && next.precision === null ? null : next);
  const listed = known.places.find((one) => one.id === place.place);
  return (
    <fieldset className={style.pair}>
      <legend className="visually-hidden">{label}</legend>
      <ComboBox
        label={label}
        error={errors[path] ?? errors[`${path}.name`] ?? null}
        description={
          listed && fold(listed.name) !== fold(place.name)
            ? t('desk.form.known-as', { name: listed.name })
            : undefined
        }
        value={place.name}
        onChange={(name) => write({ ...place, name, place: knownBy(name, known.places)?.id ?? null })}
        onPick={(id) => {
          const picked = known.places.find((one) => one.id === id);
          if (picked) write({ ...place, name: picked.name, place: picked.id });
        }}
        options={proposals(known.places, known.placeNames, t('desk.form.used'))}
      />
      <NumberControl
        label={t('field.placeMention.precision')}
        error={errors[`${path}.precision`] ?? null}
        value={place.precision}
        onChange={(precision) => write({ ...place, precision })}
      />
    </fieldset>
  );
}

function GroupControl(props: FieldControlProps & { label: string }): ReactNode {
  const { field, value, onChange, path, errors, known, label } = props;
  const words = useMessages();
  if (value === null) {
    return (
      <div className={style.absent}>
        <Button kind="quiet" small onPress={() => onChange(emptyValues(field.fields))}>
          {addLabel(field, words)}
        </Button>
      </div>
    );
  }
  const remove = field.nullable && <RemoveButton what={label} onPress={() => onChange(null)} />;
  const bound = field.fields.find(({ name }) => name === 'bound');
  if (bound && field.fields.length === 4 && isAmount(field.fields)) {
    return (
      <AmountControl
        field={bound}
        legend={label}
        value={value as Values}
        onChange={onChange}
        path={`${path}.`}
        errors={errors}
      >
        {remove}
      </AmountControl>
    );
  }
  return (
    <fieldset className={style.group}>
      <legend>{label}</legend>
      {remove}
      <SchemaControls
        fields={field.fields}
        value={value as Values}
        onChange={onChange}
        path={`${path}.`}
        errors={errors}
        known={known}
      />
    </fieldset>
  );
}

/** Takes a group or an item away; its whole name is said to those who hear it. */
function RemoveButton({ what, onPress }: { what: string; onPress: () => void }): ReactNode {
  const { t } = useMessages();
  return (
    <Button
      kind="quiet"
      small
      className={style.remove ?? ''}
      aria-label={t('desk.form.remove', { what })}
      onPress={onPress}
    >
      {t('desk.record.remove')}
    </Button>
  );
}

function ListControl(props: FieldControlProps & { label: string }): ReactNode {
  const { field, value, onChange, path, errors, known, label } = props;
  const words = useMessages();
  const id = useId();
  const items = value as Values[];
  const isFull = field.maximum !== null && items.length >= field.maximum;
  const error = errors[path];
  const add = !isFull && (
    <Button kind="quiet" small onPress={() => onChange([...items, emptyValues(field.fields)])}>
      {addLabel(field, words)}
    </Button>
  );
  if (items.length === 0 && !error) return <div className={style.absent}>{add}</div>;
  return (
    <fieldset className={style.group} aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {error && (
        <p id={id} className={style.problem}>
          {error}
        </p>
      )}
      {items.map((item, index) => {
        const what = itemLabel(field, index + 1, words);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own but their place.
          <fieldset key={index} className={style.item}>
            <legend className={items.length === 1 ? 'visually-hidden' : undefined}>{what}</legend>
            {items.length > (field.minimum ?? 0) && (
              <RemoveButton what={what} onPress={() => onChange(items.filter((_, at) => at !== index))} />
            )}
            <SchemaControls
              fields={field.fields}
              value={item}
              onChange={(next) => onChange(items.map((one, at) => (at === index ? next : one)))}
              path={`${path}.${index}.`}
              errors={errors}
              known={known}
            />
          </fieldset>
        );
      })}
      <div>{add}</div>
    </fieldset>
  );
}
