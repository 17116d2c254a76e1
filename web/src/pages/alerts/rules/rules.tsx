import { Badge, Button, Group, Stack, Switch, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer, Failure } from '../../../parts/answer.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { RULES } from '../keys.ts';
import { RuleEditor } from './rule-editor.tsx';

/** Whose rule is edited: one there is, or one to be made. */
type Edited = RuleJson | 'new' | null;

export function Rules() {
  const { alerts } = useTexts();
  const [edited, edit] = useState<Edited>(null);
  const rules = useQuery({ queryKey: RULES, queryFn: ({ signal }) => client.rules.list(undefined, { signal }) });
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" className="quiet">
          {alerts.rules.about}
        </Text>
        <Button size="compact-md" onClick={() => edit('new')}>
          {alerts.rules.add}
        </Button>
      </Group>
      <Answer of={rules}>
        {(all) => (
          <Table.ScrollContainer minWidth={640}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{alerts.rules.name}</Table.Th>
                  <Table.Th>{alerts.rules.on}</Table.Th>
                  <Table.Th>{alerts.rules.to}</Table.Th>
                  <Table.Th>{alerts.rules.urgency}</Table.Th>
                  <Table.Th>{alerts.rules.enabled}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map((rule) => (
                  <Row key={rule.name} rule={rule} edit={() => edit(rule)} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Answer>
      {edited !== null && <RuleEditor rule={edited === 'new' ? null : edited} close={() => edit(null)} />}
    </Stack>
  );
}

function Row({ rule, edit }: { readonly rule: RuleJson; readonly edit: () => void }) {
  const { alerts } = useTexts();
  const queries = useQueryClient();
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => client.rules.edit({ name: rule.name, enabled }),
    onSuccess: () => queries.invalidateQueries({ queryKey: RULES }),
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button variant="subtle" size="compact-sm" px={4} onClick={edit}>
            {visible(rule.name)}
          </Button>
          {rule.source !== 'user' && (
            <Badge variant="default" size="sm">
              {alerts.source[rule.source]}
            </Badge>
          )}
        </Group>
        {toggle.error && <Failure failure={toggle.error} />}
      </Table.Td>
      <Table.Td className="foreign">
        <Text size="sm">{rule.on.join(', ')}</Text>
        {rule.where !== null && (
          <Text size="xs" className="quiet mono">
            {visible(rule.where)}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="foreign">{rule.to.map((name) => (name === '*' ? alerts.rules.everybody : visible(name))).join(', ')}</Table.Td>
      <Table.Td>{alerts.urgencies[rule.urgency]}</Table.Td>
      <Table.Td>
        <Switch
          aria-label={`${alerts.rules.enabled}: ${rule.name}`}
          checked={rule.enabled}
          disabled={rule.source === 'config' || toggle.isPending}
          onChange={(event) => toggle.mutate(event.currentTarget.checked)}
        />
      </Table.Td>
    </Table.Tr>
  );
}
