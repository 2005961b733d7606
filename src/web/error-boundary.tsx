// What a person sees when a screen itself breaks: a sentence and a way on, not an empty page.
import { Component, type ReactNode } from 'react';
import { Button, LinkButton } from '../ui/button.tsx';
import { useMessages } from '../ui/messages.tsx';
import { EmptyState } from '../ui/state.tsx';
import style from './room.module.css';

/** Catches what a screen throws while it draws. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactNode {
  const { t } = useMessages();
  return (
    <main id="work" className={style.alone}>
      <EmptyState
        alone
        title={t('desk.broken.title')}
        action={
          <>
            <Button kind="primary" onPress={() => window.location.reload()}>
              {t('desk.broken.reload')}
            </Button>
            <LinkButton href="/" outside>
              {t('desk.broken.start')}
            </LinkButton>
          </>
        }
      >
        <p>{t('desk.broken.text')}</p>
      </EmptyState>
    </main>
  );
}
