import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Freshener } from '../live/freshen.ts';
import { Live } from '../live/live.tsx';
import { LanguageProvider } from '../texts/language.tsx';
import { Clock } from '../times/clock.tsx';
import { House } from './house.tsx';
import { theme } from './theme.ts';

const newQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // The stream says when an answer is old.
        staleTime: 30_000,
        retry: (count, failure) => count < 2 && !isRefusal(failure),
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always' },
    },
  });

/** Asking again does not help against what was refused. */
const isRefusal = (failure: unknown): boolean => {
  const status = (failure as { status?: unknown }).status;
  return typeof status === 'number' && status < 500;
};

export function App() {
  const [queries] = useState(newQueries);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <Clock>
            <Notifications position="bottom-right" />
            <Live onStranger={toSignIn}>
              <Freshener />
              <House />
            </Live>
          </Clock>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

const toSignIn = (): void => {
  if (location.pathname !== '/sign-in') location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
};
