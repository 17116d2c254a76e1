import { Button, Group, Modal, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CostJson, DeviceJson, ScanJson } from '../../../../src/contract/index.ts';
import { PLAN_NAMES } from '../../../../src/core/index.ts';
import { client } from '../../asked/client.ts';
import { useLive } from '../../live/live.tsx';
import { Answer, Failure } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useLanguage, useTexts } from '../../texts/language.tsx';
import { lengthOf } from '../../times/ago.ts';

type Plan = (typeof PLAN_NAMES)[number];

interface Props {
  readonly device: DeviceJson;
  readonly close: () => void;
}

/** A look at one device: what it will cost first, then how far it is, then how it ended. */
export function ScanNow({ device, close }: Props) {
  const { device: texts, words } = useTexts();
  const [plan, setPlan] = useState<Plan>('ports');
  const targets = [...device.addresses];
  const forecast = useQuery({
    queryKey: ['targets.forecast', targets, plan],
    queryFn: ({ signal }) => client.targets.forecast({ targets, plans: [plan] }, { signal }),
    enabled: targets.length > 0,
  });
  const begin = useMutation({ mutationFn: () => client.scans.start({ targets, plan }) });
  const begun = begin.data?.scan;
  return (
    <Modal opened onClose={close} title={texts.scan.title} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        {targets.length === 0 && <Text size="sm">{texts.scan.noAddress}</Text>}
        {targets.length > 0 && !begun && (
          <>
            <NativeSelect
              label={texts.scan.plan}
              value={plan}
              data={PLAN_NAMES.map((value) => ({ value, label: `${value}: ${texts.scan.plans[value]}` }))}
              onChange={(event) => setPlan(event.currentTarget.value as Plan)}
            />
            <Answer of={forecast} lines={2}>
              {([cost]) => cost && <Cost cost={cost} />}
            </Answer>
            <Group>
              <Button loading={begin.isPending} disabled={!forecast.data} onClick={() => begin.mutate()}>
                {texts.scan.begin}
              </Button>
            </Group>
          </>
        )}
        {begin.error && <Failure failure={begin.error} />}
        {begun && <Begun scan={begun} />}
      </Stack>
    </Modal>
  );
}

function Cost({ cost: { likely, worst } }: { readonly cost: CostJson }) {
  const { locale, texts } = useLanguage();
  const { scan } = texts.device;
  const said = ({ packets, seconds }: CostJson['likely']) => [packets.toLocaleString(locale), lengthOf(seconds * 1000, texts.words.unit)] as const;
  return (
    <Text size="sm" role="status" data-cost={likely.packets}>
      {scan.cost(...said(likely))}; {scan.worst(...said(worst))}
    </Text>
  );
}

/** A look that was begun here, until it ended. */
function Begun({ scan }: { readonly scan: ScanJson }) {
  const { device, now, words } = useTexts();
  const running = useLive((state) => state.running.get(scan.id));
  const ended = useQuery({
    queryKey: ['scans.get', scan.id],
    queryFn: ({ signal }) => client.scans.get({ id: scan.id }, { signal }),
    meta: { follows: ['scans'] },
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && state.data.scan.outcome !== 'running' ? false : 2000),
  });
  const cancel = useMutation({ mutationFn: () => client.scans.cancel({ id: scan.id }) });
  const outcome = ended.data?.scan.outcome ?? 'running';
  const left = running?.progress?.secondsLeft ?? null;
  if (outcome !== 'running')
    return (
      <Text role="status" data-outcome={outcome} className="foreign">
        {device.scan.ended[outcome]} {ended.data?.scan.cause && visible(ended.data.scan.cause.text)}
      </Text>
    );
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {device.scan.running} {left !== null && now.left(lengthOf(left * 1000, words.unit))}
      </Text>
      <Progress value={(running?.progress?.done ?? 0) * 100} aria-label={device.scan.running} animated />
      <Group>
        <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {device.scan.cancel}
        </Button>
      </Group>
      {cancel.error && <Failure failure={cancel.error} />}
    </Stack>
  );
}
