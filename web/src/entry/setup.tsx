import { Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../asked/client.ts';
import { Failure } from '../parts/answer.tsx';
import { useTexts } from '../texts/language.tsx';
import { Entrance } from './entrance.tsx';
import { useEntered } from './me.tsx';

/** The secret of the link, as long as the page is open; no history and no server keeps it. */
function useSecret(): string {
  const [secret] = useState(() => location.hash.slice(1));
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  }, []);
  return secret;
}

/** The first person, by the link that was printed at the start. */
export function Setup() {
  const { entry } = useTexts();
  const secret = useSecret();
  if (secret === '')
    return (
      <Entrance title={entry.setup} about={entry.noLink}>
        <Code block>rollcall start</Code>
        <Text size="sm">{entry.orTyped}</Text>
        <Code block>rollcall user add NAME --role admin</Code>
      </Entrance>
    );
  return <FirstPerson secret={secret} />;
}

function FirstPerson({ secret }: { readonly secret: string }) {
  const { entry } = useTexts();
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const entered = useEntered();
  const make = useMutation({
    mutationFn: () => client.access.setup({ secret, name, password }),
    onSuccess: async (me) => {
      await entered(me);
      go('/', { replace: true });
    },
  });
  const differs = again !== '' && again !== password;
  return (
    <Entrance title={entry.setup} about={entry.setupAbout}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password === again) make.mutate();
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
            description={entry.passwordAbout}
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <PasswordInput
            label={entry.again}
            autoComplete="new-password"
            required
            value={again}
            error={differs && entry.differs}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          {make.error && <Failure failure={make.error} />}
          <Button type="submit" loading={make.isPending} disabled={differs}>
            {entry.begin}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
