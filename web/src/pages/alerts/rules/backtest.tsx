import { Button, Group, List, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BacktestJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Failure } from '../../../parts/answer.tsx';
import { Section } from '../../../parts/section.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { Instant } from '../../../times/instant.tsx';
import { type RuleForm, wordsOfForm } from './rule-form.ts';

const SPANS = ['1d', '7d', '30d'];
const SHOWN = 50;

/** What the rule, as it stands in the editor, would have sent. */
export function Backtest({ form, sound }: { readonly form: RuleForm; readonly sound: boolean }) {
  const { rules } = useTexts().alerts;
  const [since, setSince] = useState('7d');
  const play = useMutation({ mutationFn: () => client.rules.test({ rule: wordsOfForm(form), since }) });
  return (
    <Section title={rules.backtest}>
      <Stack gap="sm">
        <Group align="flex-end">
          <Select
            label={rules.backtestSince}
            data={SPANS.map((value) => ({ value, label: rules.spans[value as keyof typeof rules.spans] }))}
            value={since}
            allowDeselect={false}
            onChange={(span) => setSince(span ?? '7d')}
          />
          <Button variant="default" disabled={!sound} loading={play.isPending} onClick={() => play.mutate()}>
            {rules.play}
          </Button>
        </Group>
        {play.error && <Failure failure={play.error} />}
        {play.data && <Outcome of={play.data} />}
      </Stack>
    </Section>
  );
}

function Outcome({ of: { sent, asked, verdicts, cut } }: { readonly of: BacktestJson }) {
  const { rules } = useTexts().alerts;
  return (
    <Stack gap="xs" role="status">
      <Text size="sm" fw={550}>
        {rules.wouldSend(sent.length, asked)}
      </Text>
      {cut && <Text size="sm">{rules.cut}</Text>}
      <List size="sm">
        {sent.slice(0, SHOWN).map((one) => (
          <List.Item key={one.id} className="foreign">
            <Instant at={one.dueAt} as="moment" /> {visible(one.channel)}: {visible(one.title)}
          </List.Item>
        ))}
      </List>
      {verdicts.map(({ verdict, reason, count, example }) => (
        <Text key={`${verdict} ${reason}`} size="xs" className="quiet foreign">
          {count} × {verdict === 'tell' ? rules.told : rules.quiet}: {visible(example)}
        </Text>
      ))}
    </Stack>
  );
}
