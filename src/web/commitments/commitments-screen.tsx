// Commitments: being built in this folder.
import type { ReactNode } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import { Room } from '../dossier-context.tsx';

/** The screen. */
export function CommitmentsScreen(): ReactNode {
  const { t } = useMessages();
  return <Room title={t('desk.room.commitments')}>{null}</Room>;
}
