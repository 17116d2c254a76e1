import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignInJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { useEntered } from '../../entry/me.tsx';
import { Answer, Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const SIGN_INS = ['signIns.list'];

/** Browsers in which somebody is signed in. */
export function SignIns() {
  const { access } = useTexts().settings;
  const all = useQuery({ queryKey: SIGN_INS, queryFn: ({ signal }) => client.signIns.list(undefined, { signal }) });
  return (
    <Section title={access.signIns}>
      <Answer of={all}>
        {(list) =>
          list.length === 0 ? (
            <Empty text={access.noSignIns} />
          ) : (
            <Stack gap="sm">
              {list.map((one) => (
                <One key={one.id} one={one} />
              ))}
            </Stack>
          )
        }
      </Answer>
    </Section>
  );
}

function One({ one }: { readonly one: SignInJson }) {
  const { access } = useTexts().settings;
  const queries = useQueryClient();
  const entered = useEntered();
  const end = useMutation({
    mutationFn: () => client.signIns.end({ id: one.id }),
    onSuccess: () => (one.own ? entered(null) : queries.invalidateQueries({ queryKey: SIGN_INS })),
  });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }} className="foreign">
          <Text size="sm">
            {visible(one.user)} {one.own && `(${access.here})`}
          </Text>
          <Text size="xs" className="quiet">
            {visible(one.agent)} · {one.from === null ? access.thisMachine : visible(one.from)} · <Instant at={one.seenAt} />
          </Text>
        </div>
        <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {access.end}
        </Button>
      </Group>
      {end.error && <Failure failure={end.error} />}
    </div>
  );
}
