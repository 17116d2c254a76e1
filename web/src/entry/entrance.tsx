import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Mark } from '../shell/mark.tsx';
import { Preferences } from '../shell/preferences.tsx';

interface Props {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

/** What is seen before the house is. */
export function Entrance({ title, about, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Rollcall`;
  }, [title]);
  return (
    <Center mih="80vh" p="md" component="main">
      <Paper withBorder p="xl" radius="md" w="100%" maw={420}>
        <Group justify="space-between" mb="lg">
          <Group gap="xs">
            <Mark />
            <Text fw={650}>Rollcall</Text>
          </Group>
          <Group gap="xs">
            <Preferences />
          </Group>
        </Group>
        <Stack>
          <Title order={1} size="h3">
            {title}
          </Title>
          {about !== undefined && <Text size="sm">{about}</Text>}
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
