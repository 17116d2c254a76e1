import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../entry/gate.tsx';
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
            <Gate>
              <Lived />
            </Gate>
          </Clock>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

/** The house with what is live in it, for as long as the daemon knows who is at the page. */
function Lived() {
  const queries = useQueryClient();
  const [onStranger] = useState(() => () => void queries.invalidateQueries({ queryKey: ['access.me'] }));
  return (
    <Live onStranger={onStranger}>
      <Freshener />
      <House />
    </Live>
  );
}
