import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { TargetStatusJson } from '../../../../../src/contract/index.ts';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { Instant } from '../../../times/instant.tsx';
import { Outcome } from '../outcome.tsx';
import { pathOf } from '../words.ts';

type Plan = TargetStatusJson['plans'][number];

/** One plan of a target: when, how it went, what it was thought to cost and did. */
export function PlanLine({ plan }: { readonly plan: Plan }) {
  const { scans } = useTexts();
  const { every, at, zone, nextAt, lastScan, running, forecast, measured } = plan;
  return (
    <div data-plan={plan.plan}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {plan.plan}
        </Text>
        <Text size="sm">{every === null ? scans.byClock(visible(at ?? ''), visible(zone ?? '')) : scans.each(every)}</Text>
        {running !== null && (
          <Badge size="sm" variant="default">
            {scans.outcomes.running}
          </Badge>
        )}
        {nextAt !== null && (
          <Text size="sm" className="quiet">
            {scans.next} <Instant at={nextAt} as="moment" />
          </Text>
        )}
      </Group>
      <PutOff plan={plan} />
      {lastScan && (
        <Text size="sm" component="div">
          <Anchor component={Link} href={pathOf(lastScan.id)} inherit>
            #{lastScan.id}
          </Anchor>{' '}
          <Outcome scan={lastScan} /> <Instant at={lastScan.startedAt} as="moment" />
        </Text>
      )}
      <Text size="xs" className="quiet number">
        {scans.forecast}: {scans.estimate(forecast.likely)} · {scans.worst}: {scans.estimate(forecast.worst)}
        {measured && ` · ${scans.measured}: ${scans.measuredAt(measured)}`}
      </Text>
    </div>
  );
}

function PutOff({ plan: { putOff, skipped } }: { readonly plan: Plan }) {
  const { scans } = useTexts();
  return (
    <>
      {putOff && (
        <Text size="sm" className="foreign">
          {scans.putOff} {visible(putOff.because)} – <Instant at={putOff.until} as="moment" />
        </Text>
      )}
      {skipped > 0 && <Text size="sm">{scans.skipped(skipped)}</Text>}
    </>
  );
}
