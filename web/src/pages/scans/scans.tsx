import { Stack, Tabs } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { History } from './history/history.tsx';
import { Running } from './running/running.tsx';
import { Start } from './start/start.tsx';
import { Watched } from './watched/watched.tsx';

const DRAWN = { history: History, watched: Watched, start: Start } as const;
const VIEWS = ['history', 'watched', 'start'] as const;

/** What was looked at, what will be, and looking now. */
export function Scans() {
  const { scans } = useTexts();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'history';
  const Drawn = DRAWN[view];
  return (
    <>
      <PageTitle title={scans.title} />
      <Stack>
        <Running />
        <Tabs value={view} onChange={(next) => setSearch(next === null || next === 'history' ? {} : { view: next })} keepMounted={false}>
          <Tabs.List mb="md">
            {VIEWS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {scans.views[one]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={view}>
            <Drawn />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}
