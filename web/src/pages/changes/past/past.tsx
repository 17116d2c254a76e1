import { Anchor, Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { Answer, Failure } from '../../../parts/answer.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Section } from '../../../parts/section.tsx';
import { useTexts } from '../../../texts/language.tsx';
import { withWords } from '../view.ts';
import { momentOf, rangeOf, toField, type WindowName, within } from './moment.ts';
import { PastRoll } from './past-roll.tsx';
import { TimeSlider } from './time-slider.tsx';
import { iso, neighbour, useEnd, useFirst } from './use-remembered.ts';

const WINDOW_NAMES: readonly WindowName[] = ['24h', '7d', '30d', 'all'];

/** The network as it was at any moment that is remembered. */
export function Past() {
  const { changes } = useTexts();
  const first = useFirst();
  return (
    <Section title={changes.views.past}>
      <Answer of={first}>{(since) => (since === null ? <Empty text={changes.nothingRemembered} /> : <Travel first={since} />)}</Answer>
    </Section>
  );
}

function Travel({ first }: { readonly first: number }) {
  const { changes } = useTexts();
  const [search, setSearch] = useSearchParams();
  const [window, setWindow] = useState<WindowName>('all');
  const [failure, fail] = useState<unknown>(null);
  const end = useEnd();
  const chosen = momentOf(search.get('at'));
  const range = rangeOf(first, end, window);
  const at = within(chosen ?? end, range);
  const [asked] = useDebouncedValue(chosen === null ? null : within(chosen, rangeOf(first, end, 'all')), 200);
  const move = (to: number | null): void =>
    setSearch((now) => withWords(now, { at: to === null || to >= end ? null : iso(to) }), { replace: true });
  const jump = (where: 'before' | 'after'): void => {
    neighbour(chosen ?? end, where).then((to) => {
      if (to === null) return move(where === 'after' ? null : first);
      if (to < range.since) setWindow('all');
      move(to);
    }, fail);
  };
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <TextInput
          type="datetime-local"
          step={1}
          label={changes.moment}
          value={toField(at)}
          onChange={(event) => move(momentOf(event.currentTarget.value))}
        />
        <SegmentedControl
          aria-label={changes.window}
          value={window}
          onChange={(name) => setWindow(name)}
          data={WINDOW_NAMES.map((name) => ({ value: name, label: changes.windows[name] }))}
        />
      </Group>
      <TimeSlider range={range} at={at} onMove={move} onNeighbour={jump} />
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => jump('before')}>
          {changes.previous}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => jump('after')} disabled={chosen === null}>
          {changes.next}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => move(null)} disabled={chosen === null}>
          {changes.toNow}
        </Button>
        {chosen !== null && (
          <Anchor component={Link} size="sm" href={`/changes?view=compare&a=${encodeURIComponent(`@${iso(chosen)}`)}&b=now`}>
            {changes.compareWithNow}
          </Anchor>
        )}
      </Group>
      {failure !== null && <Failure failure={failure} />}
      <PastRoll at={asked} />
    </Stack>
  );
}
