// Where the desk begins: what all screens share is put around the app.
import '../ui/trusted-types.ts';
import '../ui/tokens.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MessagesProvider } from '../ui/messages.tsx';
import { applyTheme } from '../ui/preferences.ts';
import { ShortcutsProvider } from '../ui/shortcuts.tsx';
import { ToastsProvider } from '../ui/toast.tsx';
import { queries } from './api.ts';
import { App } from './app.tsx';

applyTheme();
createRoot(document.getElementById('desk')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <MessagesProvider>
        <ToastsProvider>
          <ShortcutsProvider>
            <App />
          </ShortcutsProvider>
        </ToastsProvider>
      </MessagesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
