// An entry that went into the seal of what it is about: for those who are named, what it said.
import { type ReactNode, useState } from 'react';
import type { Entry } from '../../record/entry.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { CONTENT } from '../../ui/record-content.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import { schemaFields } from '../../ui/schema-fields.ts';
import { useDossier } from '../dossier-context.tsx';
import { Fields } from '../record/record-fields.tsx';
import { useEntryOpening } from './opening.ts';
import { ReasonForm } from './sealed-note.tsx';
import style from './seals.module.css';

/** Says that an entry is sealed; opened, it shows what the record said after it. */
export function SealedEntry({ entry, kind }: { entry: Entry; kind: AnyRecord['kind'] }): ReactNode {
  const { t } = useMessages();
  const { opens } = useDossier();
  const opening = useEntryOpening(entry.id);
  const [isAsking, setAsking] = useState(false);
  const payload = opening.opened?.payload as { after?: Record<string, unknown> | null } | undefined;
  const fields = schemaFields(CONTENT[kind], kind);
  return (
    <div className={style.entry}>
      <p className={style.small}>
        {t('desk.seal.entry')}{' '}
        {opens && !isAsking && payload === undefined && (
          <Button small kind="quiet" onPress={() => setAsking(true)}>
            {t('desk.seal.open')}
          </Button>
        )}
      </p>
      {isAsking && <ReasonForm opening={opening} onDone={() => setAsking(false)} />}
      {payload?.after && <Fields fields={fields} value={payload.after} />}
      {payload !== undefined && (
        <p>
          <Button small onPress={opening.close}>
            {t('desk.seal.close')}
          </Button>
        </p>
      )}
    </div>
  );
}
