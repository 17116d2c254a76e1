import { Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CostJson, DeviceJson, ScanJson } from '../../../../src/contract/index.ts';
import { PLAN_NAMES } from '../../../../src/core/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useLanguage, useTexts } from '../../texts/language.tsx';
import { lengthOf } from '../../times/ago.ts';
import { Question } from '../devices/pane.tsx';
import { useFollowed } from './use-followed.ts';

type Plan = (typeof PLAN_NAMES)[number];

interface Props {
  readonly device: DeviceJson;
  readonly close: () => void;
}

/** A look at one device: what it will cost first, then how far it is, then how it ended. */
export function ScanNow({ device, close }: Props) {
  const { device: texts } = useTexts();
  const [plan, setPlan] = useState<Plan>('ports');
  const known = device.addresses.length > 0;
  const asked = useQuery({
    queryKey: ['devices.scan', device.id, plan],
    queryFn: ({ signal }) => client.devices.scan({ device: String(device.id), plan, dryRun: true }, { signal }),
    enabled: known,
  });
  const begin = useMutation({ mutationFn: () => client.devices.scan({ device: String(device.id), plan }) });
  const begun = begin.data?.scan;
  return (
    <Question title={texts.scan.title} close={close}>
      <Stack>
        {!known && <Text size="sm">{texts.scan.noAddress}</Text>}
        {known && !begun && (
          <>
            <NativeSelect
              label={texts.scan.plan}
              value={plan}
              data={PLAN_NAMES.map((value) => ({ value, label: `${value}: ${texts.scan.plans[value]}` }))}
              onChange={(event) => setPlan(event.currentTarget.value as Plan)}
            />
            <Answer of={asked} lines={2}>
              {({ forecast: cost }) => <Cost cost={cost} />}
            </Answer>
            <Group>
              <Button loading={begin.isPending} disabled={!asked.data} onClick={() => begin.mutate()}>
                {texts.scan.begin}
              </Button>
            </Group>
          </>
        )}
        {begin.error && <Failure failure={begin.error} />}
        {begun && <Begun scan={begun} />}
      </Stack>
    </Question>
  );
}

function Cost({ cost: { likely, worst } }: { readonly cost: CostJson }) {
  const { locale, texts } = useLanguage();
  const { scan } = texts.device;
  const said = ({ packets, seconds }: CostJson['likely']) =>
    [packets.toLocaleString(locale), lengthOf(seconds * 1000, texts.words.unit)] as const;
  return (
    <Text size="sm" role="status" data-cost={likely.packets}>
      {scan.cost(...said(likely))}; {scan.worst(...said(worst))}
    </Text>
  );
}

/** A look that was begun here, until it ended. */
function Begun({ scan }: { readonly scan: ScanJson }) {
  const { device, now, words } = useTexts();
  const { progress, ended, failure } = useFollowed(scan.id);
  const cancel = useMutation({ mutationFn: () => client.scans.cancel({ id: scan.id }) });
  const left = progress?.secondsLeft ?? null;
  if (failure !== null) return <Failure failure={failure} />;
  if (ended !== null && ended.outcome !== 'running')
    return (
      <Text role="status" data-outcome={ended.outcome} className="foreign">
        {device.scan.ended[ended.outcome]} {ended.cause && visible(ended.cause.text)}
      </Text>
    );
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {device.scan.running} {left !== null && now.left(lengthOf(left * 1000, words.unit))}
      </Text>
      <Progress value={(progress?.done ?? 0) * 100} aria-label={device.scan.running} animated />
      <Group>
        <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {device.scan.cancel}
        </Button>
      </Group>
      {cancel.error && <Failure failure={cancel.error} />}
    </Stack>
  );
}
