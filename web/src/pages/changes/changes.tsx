import { Tabs } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Compare } from './compare/compare.tsx';
import { Past } from './past/past.tsx';
import { Stream } from './stream/stream.tsx';
import { VIEWS, viewOf } from './view.ts';

const DRAWN = { stream: Stream, past: Past, compare: Compare } as const;

/** What changed, how the network was at any moment, and what differs between two of them. */
export function Changes() {
  const { changes } = useTexts();
  const [search, setSearch] = useSearchParams();
  const view = viewOf(search);
  const Drawn = DRAWN[view];
  return (
    <>
      <PageTitle title={changes.title} />
      <Tabs value={view} onChange={(next) => setSearch(next === null || next === 'stream' ? {} : { view: next })} keepMounted={false}>
        <Tabs.List mb="md">
          {VIEWS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {changes.views[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={view}>
          <Drawn />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
