import { Button, Text } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { useTexts } from '../../../texts/language.tsx';
import classes from '../changes.module.css';
import { withWords } from '../view.ts';
import { askedOf } from './asked.ts';
import { ChangeList } from './change-list.tsx';
import { Filters } from './filters.tsx';
import { MOST_NEW, useChanges, useNewer } from './use-changes.ts';
import { Why } from './why.tsx';

/** Everything that changed, newest first. What comes is announced above, and moves nothing that is read. */
export function Stream() {
  const { changes: texts } = useTexts();
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const asked = useMemo(() => askedOf(new URLSearchParams(text)), [text]);
  const { told, changes, renew } = useChanges(asked);
  const newer = useNewer(asked, told.isSuccess ? (changes[0]?.seq ?? 0) : undefined);
  const incidents = useQuery({
    queryKey: ['incidents.list', 'open'],
    queryFn: ({ signal }) => client.incidents.list({ limit: 100 }, { signal }),
    meta: { follows: ['incidents'] },
  });
  const why = Number(search.get('why'));
  const ask = (seq: number | null): void => setSearch((now) => withWords(now, { why: seq === null ? null : String(seq) }));
  return (
    <>
      <Filters />
      <div role="status" className={classes.newer}>
        {newer > 0 && (
          <Button size="compact-md" leftSection={<IconArrowUp size={15} />} onClick={() => void renew().then(() => scrollTo(0, 0))}>
            {texts.newer(Math.min(newer, MOST_NEW), newer > MOST_NEW)}
          </Button>
        )}
      </div>
      {told.error && <Failure failure={told.error} again={() => void told.refetch()} />}
      {told.isSuccess && changes.length === 0 && <Empty text={texts.nothing} />}
      <ChangeList
        changes={changes}
        incidents={incidents.data ?? []}
        why={ask}
        more={() => told.hasNextPage && !told.isFetchingNextPage && void told.fetchNextPage()}
      />
      <Foot loading={told.isPending || told.isFetchingNextPage} over={told.isSuccess && !told.hasNextPage && changes.length > 0} />
      {Number.isInteger(why) && why > 0 && <Why seq={why} close={() => ask(null)} />}
    </>
  );
}

function Foot({ loading, over }: { readonly loading: boolean; readonly over: boolean }) {
  const { changes, shell } = useTexts();
  const text = loading ? shell.loading : changes.end;
  return (
    (loading || over) && (
      <Text size="sm" className="quiet" mt="sm">
        {text}
      </Text>
    )
  );
}
