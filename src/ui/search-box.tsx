// A search field over a list; asked a moment after the last key, so that typing stays smooth.
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { TextField } from './field.tsx';

const PAUSE = 250;

/** A search field. `onLeave` is where Escape and Enter lead: to the list. */
export function SearchBox({
  label,
  description,
  className,
  value,
  onSearch,
  onLeave,
  inputRef,
}: {
  label: string;
  description?: string;
  className?: string | undefined;
  value: string;
  onSearch: (words: string) => void;
  onLeave: () => void;
  inputRef: Ref<HTMLInputElement>;
}): ReactNode {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    // The address changed otherwise: by a chip taken off, by going back.
    if (value !== asked.current) {
      asked.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    const words = text.trim();
    if (words === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = words;
      search.current(words);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextField
      className={className ?? ''}
      label={label}
      hideLabel
      type="search"
      placeholder={label}
      {...(description !== undefined && { description })}
      inputRef={inputRef}
      value={text}
      onChange={setText}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') {
          event.preventDefault();
          if (event.key === 'Escape' && text !== '') setText('');
          else onLeave();
        } else event.continuePropagation();
      }}
    />
  );
}
