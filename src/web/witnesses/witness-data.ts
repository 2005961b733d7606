// Witnesses for their screens: the answers of the API by name, where each is, and changing one.
import { useMutation } from '@tanstack/react-query';
import type { ConsentPurpose, WitnessContent } from '../../record/witness.ts';
import { useMessages } from '../../ui/messages.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';

/** A witness with what rests on them. */
export type WitnessDetails = AnswerOf<'GET /dossiers/:dossier/witnesses/:id'>;
/** A witness as they are shown. */
export type ShownWitness = WitnessDetails['witness'];
/** How it stands with one purpose today. */
export type Standing = ShownWitness['standing'][number];

/** The room of a dossier's witnesses, or the page of one. */
export function witnessHref(slug: string, id = ''): string {
  return `/d/${slug}/witnesses${id && `/${id}`}`;
}

/** The page that says what erasing something would take away. */
export function eraseHref(slug: string, noun: string, id: string): string {
  return `/d/${slug}/erase/${noun}/${id}`;
}

/** What whoever is signed in may do in this dossier. */
export function useRights() {
  const { may, opens } = useDossier();
  return {
    reads: may['witness.read'] !== undefined,
    writes: may['witness.write'] !== undefined,
    erases: may['subject.erase'] !== undefined,
    opens,
  };
}

/** How it stands with a purpose; every purpose has one. */
export function standingOf(witness: ShownWitness, purpose: ConsentPurpose): Standing {
  return witness.standing.find((one) => one.purpose === purpose)!;
}

/** Changes what the team reads of a witness; a note offers to take it back. */
export function useEditWitness(witness: ShownWitness, onDone?: () => void) {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  return useMutation<WitnessDetails, ApiProblem, Partial<WitnessContent>>({
    mutationFn: (content) =>
      call('PATCH /dossiers/:dossier/witnesses/:id', {
        params: { dossier: slug, id: witness.id },
        body: { version: witness.version, content },
      }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.witnesses.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
      onDone?.();
    },
  });
}
