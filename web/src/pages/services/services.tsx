import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { ServicesJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';
import { Answer } from '../../parts/answer.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { useTexts } from '../../texts/language.tsx';
import { addressOf, askedOf, WAYS } from './asked.ts';
import { CertificateGroup, PortGroup, ProductGroup } from './groups.tsx';
import classes from './services.module.css';

const STEP = 200;

/** What is served on the network, and by whom. */
export function Services() {
  const { services } = useTexts();
  const [search, setSearch] = useSearchParams();
  const { by, filter } = askedOf(search);
  const [text, setText] = useState(filter);
  const [said] = useDebouncedValue(text.trim(), 300);
  const [limit, setLimit] = useState(STEP);
  useEffect(() => setSearch((now) => addressOf({ by: askedOf(now).by, filter: said }), { replace: true }), [said, setSearch]);
  const served = useQuery({
    queryKey: ['services.list', by, said, limit],
    queryFn: ({ signal }) => client.services.list({ by, limit, ...(said !== '' && { filter: said }) }, { signal }),
    meta: { follows: ['commits'] },
    placeholderData: (before) => (before?.by === by ? before : undefined),
    retry: false,
  });
  return (
    <>
      <PageTitle title={services.title} />
      <Stack>
        <Group align="flex-end">
          <SegmentedControl
            aria-label={services.by}
            value={by}
            onChange={(way) => {
              setLimit(STEP);
              setSearch(addressOf({ by: way, filter: said }));
            }}
            data={WAYS.map((way) => ({ value: way, label: services.ways[way] }))}
          />
          <TextInput
            label={services.ofDevices}
            placeholder="group:iot -tag:ok"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            style={{ flex: '1 1 14rem' }}
          />
        </Group>
        <Section title={services.ways[by]}>
          <Answer of={served} lines={8}>
            {(answer) => <Groups answer={answer} more={() => setLimit((known) => known + STEP)} />}
          </Answer>
        </Section>
      </Stack>
    </>
  );
}

function Groups({ answer, more }: { readonly answer: ServicesJson; readonly more: () => void }) {
  const { services } = useTexts();
  if (answer.groups.length === 0) return <Empty text={services.none[answer.by]} />;
  return (
    <Stack align="flex-start">
      <ul className={classes.list} data-by={answer.by}>
        {drawn(answer)}
      </ul>
      {answer.total > answer.groups.length && (
        <Group>
          <Text size="sm">{services.shown(answer.groups.length, answer.total)}</Text>
          <Button size="compact-sm" variant="default" onClick={more}>
            {services.more}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function drawn(answer: ServicesJson) {
  if (answer.by === 'port') return answer.groups.map((group) => <PortGroup key={`${group.protocol} ${group.port}`} group={group} />);
  if (answer.by === 'certificate') return answer.groups.map((group) => <CertificateGroup key={group.certificate.sha256} group={group} />);
  return answer.groups.map((group) => <ProductGroup key={JSON.stringify([group.name, group.product, group.version])} group={group} />);
}
