import { Alert, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { TargetStatusJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer } from '../../../parts/answer.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Section } from '../../../parts/section.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { PlanLine } from './plan-line.tsx';
import { ScheduleEditor } from './schedule-editor.tsx';

/** What is watched, when each plan is due, and what it costs. */
export function Watched() {
  const { scans } = useTexts();
  const targets = useQuery({
    queryKey: ['targets.list'],
    queryFn: ({ signal }) => client.targets.list(undefined, { signal }),
    meta: { follows: ['targets', 'scans'] },
  });
  const more = (
    <Button component={Link} href="/settings" size="compact-sm" variant="default">
      {scans.watchMore}
    </Button>
  );
  return (
    <Section title={scans.views.watched} aside={more}>
      <Answer of={targets} lines={8}>
        {(list) =>
          list.length === 0 ? (
            <Empty text={scans.nothingWatched} />
          ) : (
            <Stack>
              {list.map((one) => (
                <Target key={one.target.id} one={one} />
              ))}
            </Stack>
          )
        }
      </Answer>
    </Section>
  );
}

function Target({ one: { target, plans, blind } }: { readonly one: TargetStatusJson }) {
  const { scans } = useTexts();
  const [edited, edit] = useState(false);
  const called = visible(target.target);
  return (
    <Paper withBorder p="sm" data-target={target.id}>
      <Group justify="space-between" mb="xs">
        <Text className="mono foreign" fw={600}>
          {called}
        </Text>
        {target.source === 'config' ? (
          <Group gap="xs">
            <Badge variant="default" size="sm">
              {scans.declared}
            </Badge>
            <Text size="sm" className="quiet">
              {scans.declaredAbout}
            </Text>
          </Group>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => edit(true)} aria-label={`${scans.edit}: ${called}`}>
            {scans.edit}
          </Button>
        )}
      </Group>
      {blind && (
        <Alert color="red" variant="filled" icon={<IconEyeOff />} mb="xs" role="alert">
          {scans.blind}
        </Alert>
      )}
      <Stack gap="sm">
        {plans.map((plan) => (
          <PlanLine key={plan.plan} plan={plan} />
        ))}
      </Stack>
      {edited && <ScheduleEditor target={target} close={() => edit(false)} />}
    </Paper>
  );
}
