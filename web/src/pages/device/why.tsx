import { Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WhyStepJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';
import { Pane } from '../devices/pane.tsx';
import classes from './device.module.css';

/** Why a device is believed to be what it is, step by step. */
export function WhyDevice({ id, close }: { readonly id: number; readonly close: () => void }) {
  const { device } = useTexts();
  const [all, setAll] = useState(false);
  const asked = useQuery({
    queryKey: ['why.device', id, all],
    queryFn: ({ signal }) => client.why.device({ reference: String(id), all }, { signal }),
    meta: { follows: ['commits'] },
  });
  return (
    <Pane title={device.why.device} close={close} size="xl">
      <Stack>
        <Switch label={device.why.all} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
        <Answer of={asked} lines={8}>
          {({ steps }) => <Steps steps={steps} />}
        </Answer>
      </Stack>
    </Pane>
  );
}

/** Why a change was told: the look that made it, what its tool wrote, and who heard of it. */
export function WhyChange({ seq, close }: { readonly seq: number; readonly close: () => void }) {
  const { device } = useTexts();
  const asked = useQuery({ queryKey: ['why.change', seq], queryFn: ({ signal }) => client.why.change({ seq }, { signal }) });
  return (
    <Pane title={device.why.change(seq)} close={close} size="xl">
      <Answer of={asked} lines={8}>
        {({ steps }) => <Steps steps={steps} />}
      </Answer>
    </Pane>
  );
}

const SHOWN = 300;

function Steps({ steps }: { readonly steps: readonly WhyStepJson[] }) {
  const { why } = useTexts().device;
  return (
    <Stack gap="md" component="ol" m={0} p={0} style={{ listStyle: 'none' }} data-steps={steps.length}>
      {steps.slice(0, SHOWN).map((step, i) => (
        <li key={i}>
          <Text size="xs" className="quiet">
            {why.kinds[step.kind] ?? step.kind}
            {step.at !== null && (
              <>
                {' · '}
                <Instant at={step.at} as="moment" />
              </>
            )}
          </Text>
          <Text size="sm" className="foreign">
            {visible(step.text)}
          </Text>
          <Lines label={why.commands} lines={step.commands} />
          <Lines label={why.kinds['lines'] ?? ''} lines={step.lines} />
        </li>
      ))}
    </Stack>
  );
}

/** Words of a tool, as they are; a page that is full of them scrolls within. */
function Lines({ label, lines }: { readonly label: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <pre className={`${classes.why} mono`} tabIndex={0} role="region" aria-label={label}>
      {lines.map(visible).join('\n')}
    </pre>
  );
}
