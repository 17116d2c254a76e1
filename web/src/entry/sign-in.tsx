import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../asked/client.ts';
import { Failure } from '../parts/answer.tsx';
import { visible } from '../parts/visible.ts';
import { useTexts } from '../texts/language.tsx';
import { Entrance } from './entrance.tsx';
import { useEntered } from './me.tsx';
import { elsewhereHref, notInBy } from './not-in.ts';

interface Props {
  readonly elsewhere: boolean;
  /** What its button says; null: words of ours. */
  readonly label: string | null;
}

/** The way in for who has a name and a password, or an account elsewhere. */
export function SignIn({ elsewhere, label }: Props) {
  const { entry } = useTexts();
  const notIn = notInBy(window.location.search);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const entered = useEntered();
  const enter = useMutation({ mutationFn: () => client.access.signIn({ name, password }), onSuccess: entered });
  return (
    <Entrance title={entry.signIn}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <Stack>
          {notIn !== null && (
            <Alert color="red" role="alert" title={entry.notIn}>
              {entry.notInBecause[notIn]}
            </Alert>
          )}
          <TextInput
            label={entry.name}
            autoComplete="username"
            required
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={entry.password}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {enter.error && <Failure failure={enter.error} />}
          <Button type="submit" loading={enter.isPending}>
            {entry.signIn}
          </Button>
          {elsewhere && (
            <Button component="a" href={elsewhereHref(window.location)} variant="default">
              {label === null ? entry.elsewhere : visible(label)}
            </Button>
          )}
        </Stack>
      </form>
    </Entrance>
  );
}
