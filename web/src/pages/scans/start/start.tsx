import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { PLAN_NAMES, type PlanName, SCRIPT_CHOICES } from '../../../../../src/core/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { Section } from '../../../parts/section.tsx';
import { useTexts } from '../../../texts/language.tsx';
import { pathOf } from '../words.ts';
import { Forecast } from './forecast.tsx';
import { asksPorts, asksVersions, inputOf, NEW_ORDER, type Order, targetsOf } from './order.ts';

/** Looks now: what, how, and what it will cost before it is begun. */
export function Start() {
  const { scans } = useTexts();
  const [, go] = useLocation();
  const [order, setOrder] = useState<Order>(NEW_ORDER);
  const say = (part: Partial<Order>): void => setOrder((known) => ({ ...known, ...part }));
  const start = useMutation({ mutationFn: () => client.scans.start(inputOf(order)), onSuccess: ({ scan }) => go(pathOf(scan.id)) });
  return (
    <Section title={scans.views.start}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        <Stack>
          <Textarea
            label={scans.targets}
            description={scans.targetsAbout}
            value={order.targets}
            onChange={(event) => say({ targets: event.currentTarget.value })}
            autosize
            maxRows={6}
          />
          <Group align="flex-end">
            <NativeSelect
              label={scans.plan}
              value={order.plan}
              data={PLAN_NAMES.map((plan) => ({ value: plan, label: scans.plans[plan] }))}
              onChange={(event) => say({ plan: event.currentTarget.value as PlanName })}
            />
            <TextInput
              label={scans.ports}
              placeholder="22,80-90"
              value={order.ports}
              disabled={!asksPorts(order.plan)}
              onChange={(event) => say({ ports: event.currentTarget.value })}
            />
            <NativeSelect
              label={scans.scripts}
              value={order.scripts}
              disabled={!asksVersions(order.plan)}
              data={[
                { value: '', label: scans.usualScripts },
                ...SCRIPT_CHOICES.map((one) => ({ value: one, label: scans.scriptChoices[one] })),
              ]}
              onChange={(event) => say({ scripts: event.currentTarget.value as Order['scripts'] })}
            />
          </Group>
          <Checkbox label={scans.alsoQuiet} checked={order.now} onChange={(event) => say({ now: event.currentTarget.checked })} />
          <Forecast order={order} />
          {start.error && <Failure failure={start.error} />}
          <Group>
            <Button type="submit" disabled={targetsOf(order.targets).length === 0} loading={start.isPending}>
              {scans.begin}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
