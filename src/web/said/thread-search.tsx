// The words threads are searched for; asked a moment after the last key, so that typing stays smooth.
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import style from './said.module.css';

const PAUSE = 250;

/** A search field. `onLeave` is where Escape and Enter lead: to the list. */
export function ThreadSearch({
  value,
  onSearch,
  onLeave,
  inputRef,
}: {
  value: string;
  onSearch: (words: string) => void;
  onLeave: () => void;
  inputRef: Ref<HTMLInputElement>;
}): ReactNode {
  const { t } = useMessages();
  const [text, setText] = useState(value);
  const asked = useRef(value);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    // The address changed otherwise: by going back.
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
      className={style.search ?? ''}
      label={t('desk.said.search')}
      hideLabel
      type="search"
      placeholder={t('desk.said.search')}
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
