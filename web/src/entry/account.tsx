import { ActionIcon, Button, Menu, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { IconKey, IconLogout, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../asked/client.ts';
import { Failure } from '../parts/answer.tsx';
import { visible } from '../parts/visible.ts';
import { useTexts } from '../texts/language.tsx';
import { useEntered, useMe } from './me.tsx';

/** Who is signed in, and the way out. */
export function Account() {
  const { shell, entry, words } = useTexts();
  const me = useMe();
  const entered = useEntered();
  const [changing, change] = useState(false);
  const leave = useMutation({ mutationFn: () => client.access.signOut(), onSettled: () => entered(null) });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={shell.account}>
            <IconUser size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" className="foreign">
              {me.name === null ? entry.owner : visible(me.name)}
              {me.role !== null && ` · ${entry.roles[me.role]}`}
            </Text>
          </Menu.Label>
          {me.proof === 'sign-in' && (
            <>
              <Menu.Item leftSection={<IconKey size={14} />} onClick={() => change(true)}>
                {entry.change}
              </Menu.Item>
              <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => leave.mutate()}>
                {entry.signOut}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={changing} onClose={() => change(false)} title={entry.change} closeButtonProps={{ 'aria-label': words.close }}>
        <Password close={() => change(false)} />
      </Modal>
    </>
  );
}

function Password({ close }: { readonly close: () => void }) {
  const { entry, words } = useTexts();
  const entered = useEntered();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => client.access.password({ old, password }),
    onSuccess: async (me) => {
      await entered(me);
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Stack>
        <PasswordInput
          label={entry.oldPassword}
          autoComplete="current-password"
          required
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <PasswordInput
          label={entry.newPassword}
          description={entry.passwordAbout}
          autoComplete="new-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {change.error && <Failure failure={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {words.save}
        </Button>
      </Stack>
    </form>
  );
}
