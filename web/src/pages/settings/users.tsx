import { Badge, Button, Group, Menu, Paper, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer, Failure } from '../../parts/answer.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const USERS = ['users.list'];
const ROLES = ['viewer', 'operator', 'admin'] as const;
type Role = (typeof ROLES)[number];

export function Users() {
  const { access } = useTexts().settings;
  const all = useQuery({ queryKey: USERS, queryFn: ({ signal }) => client.users.list(undefined, { signal }) });
  return (
    <Section title={access.users}>
      <Stack gap="xs">
        <Answer of={all}>{(list) => list.map((user) => <User key={user.id} user={user} />)}</Answer>
        <NewUser />
      </Stack>
    </Section>
  );
}

function User({ user }: { readonly user: UserJson }) {
  const { settings, entry, words } = useTexts();
  const { access } = settings;
  const queries = useQueryClient();
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey: USERS });
  const edit = useMutation({
    mutationFn: (part: { role?: Role; disabled?: boolean }) => client.users.edit({ name: user.name, ...part }),
    onSuccess,
  });
  const remove = useMutation({ mutationFn: () => client.users.remove({ name: user.name }), onSuccess });
  const failure = edit.error ?? remove.error;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <div>
          <Group gap="xs">
            <Text fw={550} className="foreign">
              {visible(user.name)}
            </Text>
            <Badge variant="default" size="sm">
              {entry.roles[user.role]}
            </Badge>
            {user.disabledAt !== null && (
              <Badge variant="filled" color="red" size="sm">
                {access.disabled}
              </Badge>
            )}
          </Group>
          <Text size="xs" className="quiet">
            {access.signedIn(user.signIns)}
            {user.seenAt !== null && (
              <>
                {' · '}
                <Instant at={user.seenAt} />
              </>
            )}
          </Text>
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" variant="default" loading={edit.isPending || remove.isPending}>
              {words.edit}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {ROLES.filter((role) => role !== user.role).map((role) => (
              <Menu.Item key={role} onClick={() => edit.mutate({ role })}>
                {access.become(entry.roles[role])}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => edit.mutate({ disabled: user.disabledAt === null })}>
              {user.disabledAt === null ? access.disable : access.enable}
            </Menu.Item>
            <Menu.Item onClick={() => remove.mutate()}>{words.remove}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {failure && <Failure failure={failure} />}
    </Paper>
  );
}

function NewUser() {
  const { settings, entry } = useTexts();
  const queries = useQueryClient();
  const [form, setForm] = useState<{ readonly name: string; readonly password: string; readonly role: Role }>({
    name: '',
    password: '',
    role: 'viewer',
  });
  const add = useMutation({
    mutationFn: () => client.users.add(form),
    onSuccess: async () => {
      setForm({ name: '', password: '', role: 'viewer' });
      await queries.invalidateQueries({ queryKey: USERS });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Group align="flex-end">
        <TextInput
          label={entry.name}
          required
          autoComplete="off"
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
        <PasswordInput
          label={entry.password}
          required
          autoComplete="new-password"
          w={200}
          value={form.password}
          onChange={(event) => setForm({ ...form, password: event.currentTarget.value })}
        />
        <Select
          label={settings.access.role}
          data={ROLES.map((value) => ({ value, label: entry.roles[value] }))}
          value={form.role}
          allowDeselect={false}
          onChange={(role) => setForm({ ...form, role: role ?? 'viewer' })}
        />
        <Button type="submit" loading={add.isPending}>
          {settings.access.addUser}
        </Button>
      </Group>
      {add.error && <Failure failure={add.error} />}
    </form>
  );
}
