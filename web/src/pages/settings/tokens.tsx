import { Alert, Button, Code, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MeJson, TokenJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { useMe } from '../../entry/me.tsx';
import { Answer, Failure } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

const TOKENS = ['tokens.list'];

/** What programs show in place of a user. */
export function Tokens() {
  const { access } = useTexts().settings;
  const all = useQuery({ queryKey: TOKENS, queryFn: ({ signal }) => client.tokens.list({}, { signal }) });
  return (
    <Section title={access.tokens}>
      <Stack>
        <Answer of={all}>
          {(list) => (list.length === 0 ? <Empty text={access.noTokens} /> : list.map((token) => <One key={token.id} token={token} />))}
        </Answer>
        <NewToken />
      </Stack>
    </Section>
  );
}

function One({ token }: { readonly token: TokenJson }) {
  const { settings } = useTexts();
  const { access } = settings;
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => client.tokens.revoke({ id: token.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: TOKENS }),
  });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }} className="foreign">
          <Text size="sm">
            {visible(token.name)} <Code>{visible(token.hint)}…</Code>
          </Text>
          <Text size="xs" className="quiet">
            {token.scopes.map((scope) => access.scopes[scope]).join(', ')}
            {token.until !== null && (
              <>
                {` · ${access.until} `}
                <Instant at={token.until} as="moment" />
              </>
            )}
            {' · '}
            {token.usedAt === null ? access.neverUsed : <Instant at={token.usedAt} />}
          </Text>
        </div>
        <Button size="compact-sm" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()}>
          {access.revoke}
        </Button>
      </Group>
      {revoke.error && <Failure failure={revoke.error} />}
    </div>
  );
}

function NewToken() {
  const { access } = useTexts().settings;
  const me = useMe();
  const queries = useQueryClient();
  const [form, setForm] = useState({ name: '', scopes: ['read'] as MeJson['scopes'], until: '90d' });
  const add = useMutation({
    mutationFn: () =>
      client.tokens.add({ name: form.name, scopes: form.scopes, ...(form.until.trim() !== '' && { until: form.until.trim() }) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: TOKENS }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end">
          <TextInput
            label={access.tokenName}
            required
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          />
          <MultiSelect
            label={access.may}
            data={me.scopes.map((value) => ({ value, label: access.scopes[value] }))}
            value={form.scopes}
            onChange={(scopes) => setForm({ ...form, scopes })}
          />
          <TextInput
            label={access.until}
            w={120}
            value={form.until}
            onChange={(event) => setForm({ ...form, until: event.currentTarget.value })}
          />
          <Button type="submit" loading={add.isPending} disabled={form.scopes.length === 0}>
            {access.addToken}
          </Button>
        </Group>
        {add.error && <Failure failure={add.error} />}
        {add.data && (
          <Alert color="roll" role="status" title={access.onlyNow}>
            <Code block className="foreign">
              {add.data.secret}
            </Code>
          </Alert>
        )}
      </Stack>
    </form>
  );
}
