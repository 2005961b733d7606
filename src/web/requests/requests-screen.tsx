// RightOfReply: being built in this folder.
import type { ReactNode } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import { Room } from '../dossier-context.tsx';

/** The screen. */
export function RightOfReplyScreen(): ReactNode {
  const { t } = useMessages();
  return <Room title={t('desk.room.right-of-reply')}>{null}</Room>;
}
