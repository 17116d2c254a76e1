import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FindingJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer } from '../../parts/answer.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import { Instant } from '../../times/instant.tsx';

/** How Rollcall itself is, and what limits it. */
export function Upkeep() {
  const { upkeep } = useTexts().settings;
  const status = useQuery({
    queryKey: ['status.get'],
    queryFn: ({ signal }) => client.status.get(undefined, { signal }),
    meta: { follows: ['scans'] },
  });
  const doctor = useQuery({ queryKey: ['doctor.get'], queryFn: ({ signal }) => client.doctor.get(undefined, { signal }) });
  return (
    <Stack>
      <Section title={upkeep.status}>
        <Answer of={status}>
          {({ version, site, startedAt, privileged, store, devices, targets, seq }) => (
            <Table variant="vertical" layout="auto">
              <Table.Tbody>
                <Fact name={upkeep.version} value={version} />
                <Fact name={upkeep.site} value={visible(site)} />
                <Table.Tr>
                  <Table.Th>{upkeep.started}</Table.Th>
                  <Table.Td>
                    <Instant at={startedAt} as="moment" />
                  </Table.Td>
                </Table.Tr>
                <Fact name={upkeep.packets} value={privileged ? upkeep.raw : upkeep.connections} />
                <Fact name={upkeep.store} value={visible(store)} />
                <Fact name={upkeep.devices} value={String(devices)} />
                <Fact name={upkeep.targets} value={String(targets)} />
                <Fact name={upkeep.changes} value={String(seq)} />
              </Table.Tbody>
            </Table>
          )}
        </Answer>
      </Section>
      <Section title={upkeep.doctor}>
        <Answer of={doctor}>
          {(findings) => (
            <Stack gap="xs">
              {findings.map((finding) => (
                <Finding key={`${finding.topic} ${finding.text}`} finding={finding} />
              ))}
            </Stack>
          )}
        </Answer>
      </Section>
    </Stack>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Table.Tr>
      <Table.Th>{name}</Table.Th>
      <Table.Td className="foreign">{value}</Table.Td>
    </Table.Tr>
  );
}

function Finding({ finding: { level, topic, text, remedy } }: { readonly finding: FindingJson }) {
  const { upkeep } = useTexts().settings;
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Badge variant={level === 'broken' ? 'filled' : 'default'} {...(level === 'broken' && { color: 'red' })} style={{ flex: 'none' }}>
          {upkeep.levels[level]}
        </Badge>
        <Text size="sm" className="foreign">
          {visible(topic)}: {visible(text)}
        </Text>
      </Group>
      {remedy !== null && (
        <Text size="sm" className="quiet foreign">
          {visible(remedy)}
        </Text>
      )}
    </div>
  );
}
