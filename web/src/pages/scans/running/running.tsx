import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { client } from '../../../asked/client.ts';
import { useLive } from '../../../live/live.tsx';
import type { RunningScan } from '../../../live/state.ts';
import { Failure } from '../../../parts/answer.tsx';
import { Section } from '../../../parts/section.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { lengthOf } from '../../../times/ago.ts';
import { Instant } from '../../../times/instant.tsx';
import classes from '../scans.module.css';
import { portsOf } from '../words.ts';

/** Scans under way: how far, what they found, and a way to end them. */
export function Running() {
  const { now } = useTexts();
  const running = useLive((state) => state.running);
  if (running.size === 0) return null;
  return (
    <Section title={now.running}>
      <Stack gap="md">
        {[...running.values()].map((one) => (
          <Scan key={one.scan.id} {...one} />
        ))}
      </Stack>
    </Section>
  );
}

function Scan({ scan, progress }: RunningScan) {
  const { now, words, scans } = useTexts();
  const cancel = useMutation({ mutationFn: () => client.scans.cancel({ id: scan.id }) });
  const left = progress?.secondsLeft ?? null;
  const label = `${scan.plan} ${visible(scan.subject)}`;
  return (
    <div data-running={scan.id}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Anchor component={Link} href={`/scans/${scan.id}`} size="sm" className="foreign">
          {label}
        </Anchor>
        <Group gap="xs">
          <Text size="xs" className="quiet number">
            <Instant at={scan.startedAt} />
            {progress && ` · ${now.hostsFound(progress.hosts)}`}
            {left !== null && ` · ${now.left(lengthOf(left * 1000, words.unit))}`}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
            aria-label={`${scans.stop}: ${label}`}
          >
            {scans.stop}
          </Button>
        </Group>
      </Group>
      <Progress value={(progress?.done ?? 0) * 100} aria-label={label} animated />
      {cancel.error && <Failure failure={cancel.error} />}
      <Found scan={scan.id} />
    </div>
  );
}

/** Hosts as they are found. */
function Found({ scan }: { readonly scan: number }) {
  const { scans } = useTexts();
  const found = useLive((state) => state.found);
  const hosts = found.get(scan) ?? [];
  if (hosts.length === 0) return null;
  return (
    // Told as they come, and never read out over one another.
    <ul className={classes.found} aria-label={scans.found} aria-live="off" data-found={hosts.length}>
      {hosts.map(({ address, names, ports }, i) => (
        <li key={`${address} ${hosts.length - i}`} className="foreign">
          <span className="mono">{visible(address)}</span> {visible(names[0] ?? '')} <span className="quiet mono">{portsOf(ports)}</span>
        </li>
      ))}
    </ul>
  );
}
