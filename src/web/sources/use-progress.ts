// News of a dossier's sources, as the server sends them.
import { useEffect } from 'react';
import { addressOf, changed } from '../api.ts';
import { type ServerStep, takeNews } from './uploads.ts';

/** Listens while the calling screen is shown; the browser connects again by itself when the line breaks. */
export function useProgress(dossier: string): void {
  useEffect(() => {
    const stream = new EventSource(addressOf('GET /dossiers/:dossier/progress', { params: { dossier } }));
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onProgress = (event: MessageEvent<string>) => {
      const { source, step } = JSON.parse(event.data) as {
        source: string;
        step: ServerStep | 'consulting' | 'consulted';
      };
      // A source is complete without the language model; what that adds shows in the lists.
      if (step !== 'consulting' && step !== 'consulted') takeNews(source, step);
      // Many files give much news; the lists are asked for again once in a while, not each time.
      timer ??= setTimeout(() => {
        timer = null;
        void changed();
      }, 600);
    };
    stream.addEventListener('progress', onProgress);
    return () => {
      stream.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, [dossier]);
}
