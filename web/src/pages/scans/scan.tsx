import { Anchor, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import type { CoverageJson, RunJson, ScanJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer } from '../../parts/answer.tsx';
import { ChangeLine } from '../../parts/change-line.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import type { Texts } from '../../texts/texts.ts';
import { lengthOf } from '../../times/ago.ts';
import { useNow } from '../../times/clock.tsx';
import { Instant } from '../../times/instant.tsx';
import { Cost } from './cost.tsx';
import { Downloads } from './downloads.tsx';
import { Outcome } from './outcome.tsx';
import classes from './scans.module.css';
import { coverageLines, lengthOfScan } from './words.ts';

/** One look at the network: how it ended, what it asked, by which commands, and what it changed. */
export function OneScan() {
  const { scans } = useTexts();
  const id = Number(useParams<{ id: string }>().id);
  const scan = useQuery({
    queryKey: ['scans.get', id],
    queryFn: ({ signal }) => client.scans.get({ id }, { signal }),
    meta: { follows: ['scans'] },
  });
  return (
    <>
      <PageTitle title={scans.one(id)}>
        <Anchor component={Link} href="/scans">
          {scans.views.history}
        </Anchor>
      </PageTitle>
      <Answer of={scan} lines={8}>
        {(told) => (
          <Stack>
            <Facts {...told} />
            <Coverage coverage={told.scan.coverage} />
            <Commands scan={told.scan} />
            {told.scan.outcome !== 'running' && <Downloads id={id} />}
            <Made scan={told.scan} />
          </Stack>
        )}
      </Answer>
    </>
  );
}

function Facts({ scan, run }: { readonly scan: ScanJson; readonly run: RunJson | null }) {
  const { scans, words } = useTexts();
  const now = useNow();
  return (
    <Section title={`${scan.plan} ${visible(scan.subject)}`}>
      <dl className={classes.facts}>
        <Fact name={scans.outcome}>
          <Outcome scan={scan} />
        </Fact>
        <Fact name={scans.begun}>
          <Instant at={scan.startedAt} as="moment" /> · {lengthOf(lengthOfScan(scan, now), words.unit)}
        </Fact>
        <Fact name={scans.hosts}>
          {scans.upOf(scan.up, scan.asked)} · {words.changes(scan.changes)}
        </Fact>
        <Fact name={scans.packets}>{packetsOf(scan, scans) ?? words.none}</Fact>
        <Fact name={scans.tool}>
          {scan.tool === null ? words.none : visible(`${scan.tool.name} ${scan.tool.version}`)} {visible(scan.iface ?? '')}
        </Fact>
        {run && run.count > 1 && (
          <Fact name={scans.run}>
            {scans.alike(run.count)} <Instant at={run.firstAt} as="moment" /> – <Instant at={run.lastAt} as="moment" />
          </Fact>
        )}
        <Cost scan={scan} />
      </dl>
      <Group gap="xs" mt="sm">
        <Button
          component={Link}
          href={`/changes?view=compare&a=${scan.id}&b=now`}
          size="compact-sm"
          variant="default"
          disabled={scan.outcome === 'running'}
        >
          {scans.compare}
        </Button>
      </Group>
    </Section>
  );
}

const packetsOf = ({ privileged }: ScanJson, { rawPackets, connections }: Texts['scans']): string | null => {
  if (privileged === null) return null;
  return privileged ? rawPackets : connections;
};

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="quiet">{name}</dt>
      <dd className="foreign">{children}</dd>
    </>
  );
}

function Coverage({ coverage }: { readonly coverage: CoverageJson | null }) {
  const { scans } = useTexts();
  return (
    <Section title={scans.coverage}>
      {coverage === null ? (
        <Empty text={scans.noCoverage} />
      ) : (
        <Stack gap="xs">
          <Text size="sm">
            {scans.depths[coverage.depth]} {scans.bases[coverage.basis]}
          </Text>
          {coverageLines(coverage).map(({ addresses, ports }, i) => (
            <Text key={i} size="sm" className="foreign">
              <span className="mono">{visible(addresses)}</span> ×{' '}
              <span className="mono">{ports === '' ? scans.noPorts : visible(ports)}</span>
            </Text>
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Commands({ scan: { command, commands } }: { readonly scan: ScanJson }) {
  const { scans } = useTexts();
  if (command === null) return null;
  const text = [command, ...commands.slice(1).map((words) => words.map((word) => JSON.stringify(word)).join(' '))];
  return (
    <Section title={scans.command}>
      <Code block tabIndex={0} className="foreign" aria-label={scans.command}>
        {text.map(visible).join('\n')}
      </Code>
    </Section>
  );
}

const MOST_TOLD = 1000;

function Made({ scan }: { readonly scan: ScanJson }) {
  const { scans, shell } = useTexts();
  const end = scan.finishedAt;
  const made = useQuery({
    queryKey: ['changes.list', 'scan', scan.id, end],
    enabled: end !== null && scan.changes > 0,
    queryFn: async ({ signal }) => {
      const until = new Date(Date.parse(end ?? scan.startedAt) + 1000).toISOString();
      const told = await client.changes.list({ since: scan.startedAt, until, limit: MOST_TOLD }, { signal });
      return told.filter((change) => change.scan === scan.id);
    },
  });
  return (
    <Section title={shell.pages.changes}>
      {scan.changes === 0 ? (
        <Empty text={scans.noChanges} />
      ) : (
        <Answer of={made}>{(list) => list.map((change) => <ChangeLine key={change.seq} change={change} when="moment" />)}</Answer>
      )}
    </Section>
  );
}
