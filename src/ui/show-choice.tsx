// Which part of a list is shown: a row of buttons, one pressed, each with how many there are.
import type { ReactNode } from 'react';
import { useMessages } from './messages.tsx';
import style from './show-choice.module.css';

/** The choice. `count` is left out where it is not known yet. */
export function ShowChoice<Value extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string;
  value: Value;
  options: readonly { value: Value; label: string; count?: number | undefined }[];
  onChange: (value: Value) => void;
}): ReactNode {
  const { formatNumber } = useMessages();
  return (
    <fieldset className={style.choice}>
      <legend className="visually-hidden">{legend}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={value === option.value}
          onClick={() => onChange(option.value)}
        >
          {option.label}{' '}
          {option.count !== undefined && <span className={style.count}>{formatNumber(option.count)}</span>}
        </button>
      ))}
    </fieldset>
  );
}
