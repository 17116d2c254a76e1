import { Anchor, Grid, Group, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'wouter';
import type { DeviceHistoryJson } from '../../../../src/contract/index.ts';
import { Answer } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Deeds } from './deeds.tsx';
import { Head } from './head.tsx';
import { Identity } from './identity.tsx';
import { Labels } from './labels.tsx';
import { LastChanges } from './last-changes.tsx';
import { Services } from './services.tsx';
import { Timeline } from './timeline.tsx';
import { useDevice } from './use-device.ts';

/** One device: when it was here, what it serves, who it is and who says so, and what can be done about it. */
export function Device() {
  const { device } = useTexts();
  const { id } = useParams<{ id: string }>();
  const asked = useDevice(id);
  return (
    <>
      <Group mb="xs">
        <Anchor component={Link} href="/devices" size="sm">
          {device.all}
        </Anchor>
      </Group>
      {asked.error && !asked.data && isUnknown(asked.error) ? (
        <Empty text={device.missing} />
      ) : (
        <Answer of={asked} lines={12}>
          {(history) => <Known key={history.device.id} history={history} />}
        </Answer>
      )}
    </>
  );
}

const isUnknown = (failure: unknown): boolean => (failure as { status?: unknown }).status === 404;

function Known({ history }: { readonly history: DeviceHistoryJson }) {
  const texts = useTexts();
  const { device, part, spans, changes } = history;
  return (
    <Stack>
      {part && (
        <Text size="sm" role="note" className="foreign">
          {texts.device.part(visible(part.name ?? `#${part.id}`))}
        </Text>
      )}
      <Head device={device} />
      <Deeds device={device} />
      <Timeline id={device.id} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <Services device={device} spans={spans} />
            <Identity device={device} spans={spans} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <Labels device={device} />
            <LastChanges changes={changes} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
