import { Stack } from '@mantine/core';
import { useMay } from '../../entry/me.tsx';
import { Audit } from './audit.tsx';
import { SignIns } from './sign-ins.tsx';
import { Tokens } from './tokens.tsx';
import { Users } from './users.tsx';

/** Who may come in, where they are in, and what they did. */
export function Access() {
  const admin = useMay('admin');
  return (
    <Stack>
      {admin && <Users />}
      <SignIns />
      <Tokens />
      {admin && <Audit />}
    </Stack>
  );
}
