import { Group, Progress, Stack, Text } from '@mantine/core';
import { useLive } from '../../live/live.tsx';
import type { RunningScan } from '../../live/state.ts';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { lengthOf } from '../../times/ago.ts';
import { Instant } from '../../times/instant.tsx';

/** Scans under way, with how far they are. */
export function Running() {
  const { now } = useTexts();
  const running = useLive((state) => state.running);
  return (
    <Section title={now.running}>
      {running.size === 0 ? (
        <Empty text={now.noRunning} />
      ) : (
        <Stack gap="sm">
          {[...running.values()].map((one) => (
            <Scan key={one.scan.id} {...one} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Scan({ scan, progress }: RunningScan) {
  const { now, words } = useTexts();
  const left = progress?.secondsLeft ?? null;
  const label = `${scan.plan} ${visible(scan.subject)}`;
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" className="foreign">
          {label}
        </Text>
        <Text size="xs" className="quiet number">
          <Instant at={scan.startedAt} />
          {progress && ` · ${now.hostsFound(progress.hosts)}`}
          {left !== null && ` · ${now.left(lengthOf(left * 1000, words.unit))}`}
        </Text>
      </Group>
      <Progress value={(progress?.done ?? 0) * 100} aria-label={label} animated />
    </div>
  );
}
