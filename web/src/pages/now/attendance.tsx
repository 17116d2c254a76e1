import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useLive } from '../../live/live.tsx';
import { PresenceMark } from '../../parts/presence-mark.tsx';
import { useTexts } from '../../texts/language.tsx';
import classes from './now.module.css';

const ALL = ['present', 'away', 'unknown'] as const;

/** How many are here, away, and unknown; each leads to them. */
export function Attendance() {
  const counts = useLive((state) => state.counts);
  const { now, words } = useTexts();
  const labels = { present: now.here, away: now.away, unknown: now.unknown };
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      {ALL.map((presence) => (
        <Paper
          key={presence}
          component={Link}
          href={`/devices?filter=${encodeURIComponent(`is:${presence}`)}`}
          withBorder
          p="md"
          radius="md"
          className={classes.count}
        >
          <Group gap={6}>
            <PresenceMark presence={presence} silent />
            <Text size="sm" className="quiet" title={words.presenceAbout[presence]}>
              {labels[presence]}
            </Text>
          </Group>
          <Text fz={32} fw={650} lh={1.2} className="number" data-count={presence}>
            {counts[presence]}
          </Text>
          <Text size="xs" className="quiet number">
            {now.ofDevices(counts.devices)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
