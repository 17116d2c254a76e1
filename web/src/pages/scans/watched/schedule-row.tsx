import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { PLAN_NAMES, type PlanName } from '../../../../../src/core/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { useTexts } from '../../../texts/language.tsx';
import { Instant } from '../../../times/instant.tsx';
import { cadenceOf, type DraftRow } from './draft.ts';

interface Props {
  readonly row: DraftRow;
  readonly onSay: (row: DraftRow) => void;
  /** Told whether the daemon understands when it would be due. */
  readonly onJudge: (sound: boolean) => void;
  readonly onDrop: () => void;
}

/** One plan, when it is due, and the next times that makes. */
export function ScheduleRow({ row, onSay, onJudge, onDrop }: Props) {
  const { scans, words } = useTexts();
  return (
    <Group align="flex-end" gap="xs" role="group" aria-label={row.plan}>
      <NativeSelect
        label={scans.plan}
        value={row.plan}
        data={PLAN_NAMES.map((plan) => ({ value: plan, label: scans.plans[plan] }))}
        onChange={(event) => onSay({ ...row, plan: event.currentTarget.value as PlanName })}
      />
      <NativeSelect
        label={scans.when}
        value={row.way}
        data={(['every', 'at'] as const).map((way) => ({ value: way, label: scans.ways[way] }))}
        onChange={(event) => onSay({ ...row, way: event.currentTarget.value as DraftRow['way'] })}
      />
      {row.way === 'every' ? (
        <TextInput label={scans.every} value={row.every} onChange={(event) => onSay({ ...row, every: event.currentTarget.value })} w={90} />
      ) : (
        <>
          <TextInput label={scans.at} value={row.at} onChange={(event) => onSay({ ...row, at: event.currentTarget.value })} w={130} />
          <TextInput
            label={scans.zone}
            placeholder={scans.zoneOfMachine}
            value={row.zone}
            onChange={(event) => onSay({ ...row, zone: event.currentTarget.value })}
            w={150}
          />
        </>
      )}
      <Button variant="default" onClick={onDrop} aria-label={`${words.remove}: ${row.plan}`}>
        {words.remove}
      </Button>
      <NextTimes row={row} onJudge={onJudge} />
    </Group>
  );
}

function NextTimes({ row, onJudge }: Pick<Props, 'row' | 'onJudge'>) {
  const { scans } = useTexts();
  const [asked] = useDebouncedValue(JSON.stringify(cadenceOf(row)), 250);
  const next = useQuery({
    queryKey: ['schedule.next', asked],
    queryFn: ({ signal }) => client.schedule.next({ ...(JSON.parse(asked) as object), count: 3 }, { signal }),
    retry: false,
  });
  const sound = !next.isError;
  useEffect(() => onJudge(sound), [sound, onJudge]);
  if (next.error) return <Failure failure={next.error} />;
  return (
    <Text size="xs" className="quiet" w="100%" data-next>
      {scans.next}{' '}
      {next.data?.next.length === 0
        ? scans.neverDue
        : next.data?.next.map((at, i) => (
            <span key={at}>
              {i > 0 && ' · '}
              <Instant at={at} as="moment" />
            </span>
          ))}
    </Text>
  );
}
