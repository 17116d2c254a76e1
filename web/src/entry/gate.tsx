import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from '../parts/answer.tsx';
import { useTexts } from '../texts/language.tsx';
import { MeProvider, useAskMe } from './me.tsx';
import { Setup } from './setup.tsx';
import { SignIn } from './sign-in.tsx';

/** Nobody sees the house who is not let in: first who is at the page, then all the rest. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { shell } = useTexts();
  const me = useAskMe();
  if (me.data === undefined)
    return (
      <Center mih="60vh" p="md">
        {me.error ? <Failure failure={me.error} again={() => void me.refetch()} /> : <Loader aria-label={shell.loading} />}
      </Center>
    );
  if (me.data.scopes.length > 0) return <MeProvider me={me.data}>{children}</MeProvider>;
  return me.data.setUp ? <SignIn elsewhere={me.data.elsewhere} label={me.data.elsewhereLabel} /> : <Setup />;
}
