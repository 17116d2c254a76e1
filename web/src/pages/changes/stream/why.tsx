import { Badge, Code, Drawer, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { VerdictJson, WhyChangeJson, WhyStepJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { Answer } from '../../../parts/answer.tsx';
import { ChangeLine } from '../../../parts/change-line.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { Instant } from '../../../times/instant.tsx';

/** Why a change was told: on what it rests, step by step, and who heard of it. */
export function Why({ seq, close }: { readonly seq: number; readonly close: () => void }) {
  const { changes, words } = useTexts();
  const why = useQuery({ queryKey: ['why.change', seq], queryFn: ({ signal }) => client.why.change({ seq }, { signal }) });
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={changes.whyTitle(seq)}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Answer of={why} lines={8}>
        {(trail) => <Trail trail={trail} />}
      </Answer>
    </Drawer>
  );
}

function Trail({ trail: { change, steps, beside, verdict } }: { readonly trail: WhyChangeJson }) {
  const { changes } = useTexts();
  return (
    <Stack>
      <ChangeLine change={change} when="moment" />
      <Stack component="ol" gap="sm" pl="md" m={0}>
        {steps.map((step, i) => (
          <li key={i}>
            <Step step={step} />
          </li>
        ))}
      </Stack>
      <Verdict verdict={verdict} />
      {beside.length > 0 && (
        <>
          <Title order={3} size="h6">
            {changes.beside}
          </Title>
          {beside.map((one) => (
            <ChangeLine key={one.seq} change={one} />
          ))}
        </>
      )}
    </Stack>
  );
}

function Step({ step: { kind, text, at, until, commands, lines } }: { readonly step: WhyStepJson }) {
  const { changes } = useTexts();
  const printed = [...commands, ...lines].map(visible).join('\n');
  return (
    <>
      <Badge size="xs" variant="default" mr="xs">
        {changes.steps[kind]}
      </Badge>
      <Text span size="sm" className="foreign">
        {visible(text)}
      </Text>
      {at !== null && (
        <Text size="xs" className="quiet">
          <Instant at={at} as="moment" />
          {until !== null && (
            <>
              {' – '}
              <Instant at={until} as="moment" />
            </>
          )}
        </Text>
      )}
      {printed !== '' && (
        <Code block mt={4} tabIndex={0} className="foreign" aria-label={changes.printed}>
          {printed}
        </Code>
      )}
    </>
  );
}

function Verdict({ verdict }: { readonly verdict: VerdictJson | null }) {
  const { changes } = useTexts();
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {changes.verdict}
      </Title>
      {verdict === null && <Text size="sm">{changes.notJudged}</Text>}
      {verdict?.rules.map(({ rule, verdict: says, text }, i) => (
        <Text size="sm" key={i} className="foreign">
          <Badge size="xs" variant="default" mr="xs">
            {changes.verdicts[says]}
          </Badge>
          {rule !== null && `${visible(rule)}: `}
          {visible(text)}
        </Text>
      ))}
    </div>
  );
}
