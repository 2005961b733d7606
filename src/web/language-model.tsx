// Where texts go: what every screen says on which texts are added, and the switch of a dossier.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Dossier } from '../record/dossier.ts';
import { Checkbox } from '../ui/field.tsx';
import { useMessages } from '../ui/messages.tsx';
import { ErrorState, Notice } from '../ui/state.tsx';
import { useToasts } from '../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from './api.ts';
import style from './room.module.css';
import { useUndo } from './undo.tsx';

/** The language model that texts are sent to; null when there is none. */
export type LanguageModel = AnswerOf<'GET /language-model'>['model'];

/** Asks which it is; undefined until that is known. */
export function useLanguageModel(): LanguageModel | undefined {
  return useCall('GET /language-model', {}).data?.model;
}

/** The sentences that say where texts go, and what is to be feared of it. */
function Destination({ model }: { model: NonNullable<LanguageModel> }): ReactNode {
  const { t } = useMessages();
  const { name, host, place, encrypted } = model;
  return (
    <>
      <p>{t(place === 'elsewhere' ? 'desk.model.goes-public' : 'desk.model.goes', { model: name, host })}</p>
      {place === 'elsewhere' && <p>{t('desk.model.elsewhere', { host })}</p>}
      {!encrypted && place !== 'machine' && <p>{t('desk.model.unencrypted')}</p>}
    </>
  );
}

const toneOf = ({ place, encrypted }: NonNullable<LanguageModel>) =>
  place === 'elsewhere' || (!encrypted && place !== 'machine') ? 'warning' : 'plain';

/** Says where the texts of a dossier's sources go, where they go anywhere. */
export function ModelNotice({ dossier }: { dossier: Dossier }): ReactNode {
  const { t } = useMessages();
  const model = useLanguageModel();
  if (!model || !dossier.consult) return null;
  return (
    <div className={style.note}>
      <Notice tone={toneOf(model)}>
        <Destination model={model} />
        <p>
          <Link href={`/d/${dossier.slug}/settings`}>{t('desk.model.change')}</Link>
        </p>
      </Notice>
    </div>
  );
}

/** The dossier's switch; it acts at once. */
export function ModelSwitch({ dossier }: { dossier: Dossier }): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const { undo } = useUndo(dossier.slug);
  const model = useLanguageModel();
  const save = useMutation<Dossier, ApiProblem, boolean>({
    mutationFn: (consult) =>
      call('PATCH /dossiers/:dossier', {
        params: { dossier: dossier.id },
        body: { version: dossier.version, consult },
      }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.settings.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
    },
  });
  if (model === undefined) return null;
  if (model === null) return <p>{t('desk.settings.model.none')}</p>;
  return (
    <>
      <Checkbox
        label={t('desk.settings.model.consult')}
        description={t('desk.settings.model.consult-hint')}
        isSelected={save.isPending ? save.variables : dossier.consult}
        onChange={(on) => save.mutate(on)}
      />
      {dossier.consult && (
        <Notice tone={toneOf(model)}>
          <Destination model={model} />
        </Notice>
      )}
      {save.error && <ErrorState problem={save.error} />}
    </>
  );
}
