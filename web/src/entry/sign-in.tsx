import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../asked/client.ts';
import { Failure } from '../parts/answer.tsx';
import { useTexts } from '../texts/language.tsx';
import { Entrance } from './entrance.tsx';
import { useEntered } from './me.tsx';

/** The way in for who has a name and a password, or an account elsewhere. */
export function SignIn({ elsewhere }: { readonly elsewhere: boolean }) {
  const { entry } = useTexts();
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
            <Button component="a" href="/sign-in/oidc" variant="default">
              {entry.elsewhere}
            </Button>
          )}
        </Stack>
      </form>
    </Entrance>
  );
}
