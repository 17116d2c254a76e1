import { Button, Group, MultiSelect, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { PersonJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { useLive } from '../../live/live.tsx';
import { Answer, Failure } from '../../parts/answer.tsx';
import { DeviceLink } from '../../parts/device-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const PEOPLE = ['people.list'];
/** A list that offers more is no list. */
const OFFERED = 50;

/** Who owns devices, and whether they are home. */
export function People() {
  const { people } = useTexts().settings;
  const all = useQuery({
    queryKey: PEOPLE,
    queryFn: ({ signal }) => client.people.list(undefined, { signal }),
    meta: { follows: ['commits'] },
  });
  return (
    <Stack>
      <Section title={people.title}>
        <Answer of={all}>
          {(list) =>
            list.length === 0 ? (
              <Empty text={people.none} />
            ) : (
              <Stack gap="xs">
                {list.map((person) => (
                  <Person key={person.name} person={person} />
                ))}
              </Stack>
            )
          }
        </Answer>
      </Section>
      <Section title={people.give}>
        <Give />
      </Section>
    </Stack>
  );
}

function Person({ person }: { readonly person: PersonJson }) {
  const { settings, words } = useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const rename = useMutation({
    mutationFn: (to: string) => client.people.rename({ person: person.name, name: to }),
    onSuccess: async () => {
      setName(null);
      await queries.invalidateQueries({ queryKey: PEOPLE });
    },
  });
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <div>
          <Text fw={550} className="foreign">
            {visible(person.name)}
          </Text>
          <Text size="sm" className="quiet">
            {settings.people.is[person.is]} {person.since !== null && <Instant at={person.since} />}
          </Text>
          <Text size="sm">
            {person.devices.map((device, i) => (
              <span key={device.id}>
                {i > 0 && ', '}
                <DeviceLink device={device} />
              </span>
            ))}
          </Text>
        </div>
        <Button size="compact-sm" variant="default" onClick={() => setName(name === null ? person.name : null)}>
          {settings.people.rename}
        </Button>
      </Group>
      {name !== null && (
        <Group mt="xs" align="flex-end">
          <TextInput label={words.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button size="sm" loading={rename.isPending} onClick={() => rename.mutate(name)}>
            {words.save}
          </Button>
        </Group>
      )}
      {rename.error && <Failure failure={rename.error} />}
    </Paper>
  );
}

function Give() {
  const { settings, words } = useTexts();
  const { people } = settings;
  const queries = useQueryClient();
  const devices = useLive((state) => state.devices);
  const [person, setPerson] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const offered = useMemo(
    () =>
      [...devices.values()].map(({ id, name, addresses }) => ({
        value: String(id),
        label: visible(`${name ?? words.nameless} (${addresses[0] ?? `#${id}`})`),
      })),
    [devices, words],
  );
  const give = useMutation({
    mutationFn: () => client.people.give({ person: person.trim(), devices: chosen }),
    onSuccess: async () => {
      setPerson('');
      setChosen([]);
      await queries.invalidateQueries({ queryKey: PEOPLE });
    },
  });
  return (
    <Stack gap="sm">
      <TextInput label={people.person} value={person} onChange={(event) => setPerson(event.currentTarget.value)} />
      <MultiSelect label={people.devices} data={offered} value={chosen} onChange={setChosen} searchable limit={OFFERED} />
      {give.error && <Failure failure={give.error} />}
      <Group>
        <Button disabled={person.trim() === '' || chosen.length === 0} loading={give.isPending} onClick={() => give.mutate()}>
          {people.giveThem}
        </Button>
      </Group>
    </Stack>
  );
}
