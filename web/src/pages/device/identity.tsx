import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { DeviceJson, SpanJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Failure } from '../../parts/answer.tsx';
import { Section } from '../../parts/section.tsx';
import { takeBack } from '../../parts/take-back.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import classes from './device.module.css';
import { historiesOf } from './histories.ts';
import { SpanLines } from './span-lines.tsx';
import { useFresh } from './use-device.ts';

/** Who it is: names with who says so, its cards, where it was; all over time. */
export function Identity({ device, spans }: { readonly device: DeviceJson; readonly spans: readonly SpanJson[] }) {
  const { identity } = useTexts().device;
  const past = (kind: SpanJson['kind']) => historiesOf(spans, kind).flatMap(({ spans: some }) => some);
  return (
    <Section title={identity.title}>
      <Stack gap="sm">
        <Names device={device} />
        <SpanLines
          title={identity.names}
          spans={past('name').filter(({ to }) => to !== null)}
          say={({ key, value }) => `${key} (${value})`}
        />
        <Cards device={device} />
        <SpanLines title={identity.addresses} spans={past('address')} say={({ key }) => key} />
        <SpanLines title={identity.systems} spans={past('os')} say={({ key, value }) => value || key} />
        {device.clues.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {identity.clues}
            </Text>
            <ul className={classes.lines}>
              {device.clues.slice(0, 50).map(({ kind, value }) => (
                <li key={`${kind} ${value}`}>
                  <Text size="sm" className="foreign">
                    <span className="quiet">{kind}:</span> {visible(value)}
                  </Text>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Stack>
    </Section>
  );
}

function Names({ device: { nameSources } }: { readonly device: DeviceJson }) {
  const { device, words } = useTexts();
  const { identity } = device;
  if (nameSources.length === 0) return <Text size="sm">{identity.none}</Text>;
  return (
    <div data-names>
      <Text size="sm" fw={600}>
        {identity.names}
      </Text>
      <ul className={classes.lines}>
        {nameSources.slice(0, 50).map(({ name, source, since }) => (
          <li key={`${source} ${name}`}>
            <Text size="sm" className="foreign">
              {visible(name)}{' '}
              <span className="quiet">
                {identity.sources[source] ?? source}
                {since !== null && (
                  <>
                    , {words.since} <Instant at={since} as="moment" />
                  </>
                )}
              </span>
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Its hardware addresses: each can become a device of its own, when there are several. */
function Cards({ device: { id, macs } }: { readonly device: DeviceJson }) {
  const { identity, parts } = useTexts().device;
  const { words } = useTexts();
  const fresh = useFresh();
  const split = useMutation({
    mutationFn: async (mac: string) => {
      const devices = await client.merges.split({ device: String(id), macs: [mac] });
      const other = devices.find((one) => one.id !== id);
      if (other)
        takeBack({
          text: parts.done(mac),
          undo: words.undo,
          back: async () => {
            await client.merges.merge({ keep: String(id), absorb: [String(other.id)] });
            await fresh();
          },
        });
      await fresh();
    },
  });
  if (macs.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {identity.macs}
      </Text>
      <ul className={classes.lines}>
        {macs.map((mac) => (
          <li key={mac}>
            <Group gap="xs">
              <Text size="sm" className="mono">
                {visible(mac)}
              </Text>
              {macs.length > 1 && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={split.isPending}
                  aria-label={parts.splitMac(mac)}
                  onClick={() => split.mutate(mac)}
                >
                  {parts.split}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {split.error && <Failure failure={split.error} />}
    </div>
  );
}
