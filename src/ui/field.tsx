// Fields of forms: each has a label, may have a hint, and says what is wrong beside itself.
import { type ReactNode, type Ref, useId } from 'react';
import {
  Checkbox as AriaCheckbox,
  ComboBox as AriaComboBox,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { dateRange } from '../record/date.ts';
import { classes } from './classes.ts';
import style from './field.module.css';
import { useMessages } from './messages.tsx';

/** What every field is given. `error` marks the field as wrong and says why. */
interface FieldProps {
  label: string;
  /** Keeps the label for those who hear the page and hides it from those who see it. */
  hideLabel?: boolean;
  description?: ReactNode;
  error?: string | null;
  className?: string;
}

type TextProps = FieldProps &
  Omit<AriaTextFieldProps, 'className' | 'children' | 'style' | 'value' | 'onChange'> & {
    value: string;
    onChange: (value: string) => void;
    placeholder?: string;
  };

/** One line of text. */
export function TextField({
  label,
  hideLabel,
  description,
  error,
  className,
  placeholder,
  inputRef,
  ...rest
}: TextProps & { inputRef?: Ref<HTMLInputElement> }): ReactNode {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={classes(style.field, className) ?? ''}>
      <Label className={hideLabel ? 'visually-hidden' : style.label}>{label}</Label>
      <Input className={style.input} placeholder={placeholder} ref={inputRef} />
      <Hint description={description} error={error} />
    </AriaTextField>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hideLabel,
  description,
  error,
  className,
  placeholder,
  rows = 4,
  inputRef,
  ...rest
}: TextProps & { rows?: number; inputRef?: Ref<HTMLTextAreaElement> }): ReactNode {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={classes(style.field, className) ?? ''}>
      <Label className={hideLabel ? 'visually-hidden' : style.label}>{label}</Label>
      <AriaTextArea className={style.area} placeholder={placeholder} rows={rows} ref={inputRef} />
      <Hint description={description} error={error} />
    </AriaTextField>
  );
}

function Hint({ description, error }: Pick<FieldProps, 'description' | 'error'>): ReactNode {
  return (
    <>
      {description && (
        <Text slot="description" className={style.description}>
          {description}
        </Text>
      )}
      {error && <FieldError className={style.error ?? ''}>{error}</FieldError>}
    </>
  );
}

/** One of a short list. The platform's own control: it works on every phone and with every reader. */
export function Select<Value extends string>({
  label,
  hideLabel,
  description,
  error,
  className,
  value,
  onChange,
  options,
  isDisabled,
}: FieldProps & {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  isDisabled?: boolean;
}): ReactNode {
  const id = useId();
  return (
    <div className={classes(style.field, className)}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : style.label}>
        {label}
      </label>
      <select
        id={id}
        className={style.select}
        value={value}
        disabled={isDisabled}
        aria-invalid={error ? true : undefined}
        aria-describedby={description || error ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {(description || error) && (
        <span id={`${id}-hint`} className={error ? style.error : style.description}>
          {error || description}
        </span>
      )}
    </div>
  );
}

/** One line of text with proposals below it. Any text may be written; `onPick` says that a proposal was taken. */
export function ComboBox({
  label,
  hideLabel,
  description,
  error,
  className,
  value,
  onChange,
  onPick,
  options,
  placeholder,
  isDisabled,
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  onPick?: (id: string) => void;
  options: readonly { id: string; label: string; note?: string }[];
  placeholder?: string;
  isDisabled?: boolean;
}): ReactNode {
  const { t } = useMessages();
  return (
    <AriaComboBox
      allowsCustomValue
      menuTrigger="focus"
      isInvalid={Boolean(error)}
      isDisabled={isDisabled ?? false}
      inputValue={value}
      onInputChange={onChange}
      onSelectionChange={(key) => key !== null && onPick?.(String(key))}
      className={classes(style.field, className) ?? ''}
    >
      <Label className={hideLabel ? 'visually-hidden' : style.label}>{label}</Label>
      <div className={style.combo}>
        <Input className={style.input} placeholder={placeholder} />
        {options.length > 0 && (
          <Button className={style.open ?? ''} aria-label={t('desk.field.show-proposals')}>
            <span aria-hidden="true">▾</span>
          </Button>
        )}
      </div>
      <Hint description={description} error={error} />
      <Popover className={style.popover ?? ''}>
        <ListBox items={options} className={style.options ?? ''}>
          {(option: (typeof options)[number]) => (
            <ListBoxItem id={option.id} textValue={option.label} className={style.option ?? ''}>
              <span>{option.label}</span>
              {option.note && <span className={style.note}>{option.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

/** Yes or no. */
export function Checkbox({
  label,
  description,
  isSelected,
  onChange,
  isDisabled,
  className,
}: {
  label: ReactNode;
  description?: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  className?: string;
}): ReactNode {
  const id = useId();
  return (
    <div className={classes(style.check, className)}>
      <AriaCheckbox
        isSelected={isSelected}
        onChange={onChange}
        isDisabled={isDisabled ?? false}
        {...(description ? { 'aria-describedby': id } : {})}
        className={style.checkbox ?? ''}
      >
        <span className={style.box} aria-hidden="true" />
        <span>{label}</span>
      </AriaCheckbox>
      {description && (
        <span id={id} className={style.description}>
          {description}
        </span>
      )}
    </div>
  );
}

/** A date as EDTF text; below it, how it is understood, so that nobody has to know the format by heart. */
export function DateField({
  value,
  onChange,
  description,
  error,
  ...rest
}: Omit<TextProps, 'type'>): ReactNode {
  const { t, formatDate } = useMessages();
  const text = value.trim();
  const valid = text === '' || dateRange(text) !== null;
  const words = text !== '' && valid ? formatDate(text) : null;
  return (
    <TextField
      {...rest}
      value={value}
      onChange={onChange}
      error={error ?? (valid ? null : t('desk.field.date-wrong'))}
      description={
        words !== null && words !== text
          ? t('desk.field.date-understood', { date: words })
          : (description ?? t('desk.field.date-hint'))
      }
    />
  );
}
