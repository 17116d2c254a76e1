import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IncidentJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const KEY = ['incidents.list', 'open'];
const SHOWN = 20;

/** What is going on and has not ended. */
export function Incidents() {
  const { now } = useTexts();
  const open = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => client.incidents.list({ limit: SHOWN }, { signal }),
    meta: { follows: ['incidents'] },
  });
  return (
    <Section title={now.incidents}>
      <Answer of={open}>
        {(incidents) =>
          incidents.length === 0 ? (
            <Empty text={now.noIncidents} />
          ) : (
            <Stack gap="sm">
              {incidents.map((incident) => (
                <Incident key={incident.id} incident={incident} />
              ))}
            </Stack>
          )
        }
      </Answer>
    </Section>
  );
}

const LOUD: ReadonlySet<string> = new Set(['high', 'critical']);

function Incident({ incident }: { readonly incident: IncidentJson }) {
  const { now, words } = useTexts();
  const queries = useQueryClient();
  const note = useMutation({
    mutationFn: () => client.incidents.acknowledge({ ids: [incident.id] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={550} className="foreign">
            {visible(incident.title)}
          </Text>
          <Group gap="xs">
            <Badge size="sm" color="red" variant={LOUD.has(incident.urgency) ? 'filled' : 'default'}>
              {incident.urgency}
            </Badge>
            <Text size="xs" className="quiet">
              {visible(incident.rule)} · {words.changes(incident.count)} · <Instant at={incident.changedAt} />
            </Text>
          </Group>
        </div>
        {incident.acknowledged ? (
          <Text size="xs" className="quiet">
            {now.acknowledged}
          </Text>
        ) : (
          <Button size="compact-sm" variant="default" loading={note.isPending} onClick={() => note.mutate()} style={{ flex: 'none' }}>
            {now.acknowledge}
          </Button>
        )}
      </Group>
      {note.error && <Failure failure={note.error} />}
    </div>
  );
}
