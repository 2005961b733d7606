// A box for an address: what stands there is fetched by the server, once, and kept as it came.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { WebAddress } from '../../record/common.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import style from './sources.module.css';
import { addAddress } from './uploads.ts';

/** The box. */
export function AddressForm({
  slug,
  sealed,
  close,
}: {
  slug: string;
  sealed: boolean;
  close: () => void;
}): ReactNode {
  const { t } = useMessages();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'center' });
  }, []);
  // People copy addresses as browsers show them, without the scheme.
  const given = text.trim();
  const address = given === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  const isRight = WebAddress.safeParse(address).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!isRight) return;
    addAddress(slug, address, sealed);
    close();
  };
  return (
    <form
      ref={form}
      className={style.paste}
      onSubmit={submit}
      aria-label={t('desk.sources.from-address')}
      noValidate
    >
      <TextField
        type="url"
        label={t('desk.sources.address')}
        description={t('desk.sources.address-hint')}
        placeholder="https://"
        autoFocus
        value={text}
        onChange={setText}
        error={asked && !isRight ? t('desk.source.address-wrong') : null}
      />
      <div className={layout.row}>
        <Button type="submit" kind="primary">
          {t('desk.sources.fetch')}
        </Button>
        <Button onPress={close}>{t('desk.cancel')}</Button>
      </div>
    </form>
  );
}
