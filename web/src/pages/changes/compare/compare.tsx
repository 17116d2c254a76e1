import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { ComparedSide } from '../../../../../src/core/index.ts';
import { Failure } from '../../../parts/answer.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Section } from '../../../parts/section.tsx';
import { visible } from '../../../parts/visible.ts';
import { useTexts } from '../../../texts/language.tsx';
import { Instant } from '../../../times/instant.tsx';
import { withWords } from '../view.ts';
import { Differing } from './differing.tsx';
import { type Side, sideOf, textOf } from './side.ts';
import { SideField } from './side-field.tsx';
import { useComparison } from './use-comparison.ts';

/** Any two moments, scans or baselines side by side. */
export function Compare() {
  const { changes } = useTexts();
  const [search, setSearch] = useSearchParams();
  const [a, setA] = useState(() => sideOf(search.get('a'), 'yesterday'));
  const [b, setB] = useState(() => sideOf(search.get('b'), 'now'));
  const say = (name: 'a' | 'b', side: Side): void => {
    (name === 'a' ? setA : setB)(side);
    setSearch((now) => withWords(now, { [name]: textOf(side) }), { replace: true });
  };
  const [left] = useDebouncedValue(textOf(a), 300);
  const [right] = useDebouncedValue(textOf(b), 300);
  const { sides, devices, sum, failure } = useComparison(left, right);
  return (
    <Section title={changes.views.compare}>
      <Group mb="md" align="flex-end">
        <SideField label={changes.left} side={a} onSay={(side) => say('a', side)} />
        <SideField label={changes.right} side={b} onSay={(side) => say('b', side)} />
      </Group>
      {failure !== null && <Failure failure={failure} />}
      <Stack gap="sm">
        <Text role="status" size="sm" data-sum={sum === null ? undefined : sum.different}>
          {sum === null ? failure === null && changes.comparing(devices.length) : changes.sum(sum)}
        </Text>
        {sides && (
          <Group grow align="flex-start">
            <SideTold label={changes.left} side={sides.a} />
            <SideTold label={changes.right} side={sides.b} />
          </Group>
        )}
        {sum !== null && devices.length === 0 && <Empty text={changes.same} />}
        <Differing devices={devices} />
      </Stack>
    </Section>
  );
}

function SideTold({ label, side }: { readonly label: string; readonly side: ComparedSide }) {
  const { words, changes } = useTexts();
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="sm" className="foreign">
        {visible(side.title)}
      </Text>
      <Text size="xs" className="quiet">
        {side.at !== null && <Instant at={side.at} as="moment" />} · {words.devices(side.devices)}
      </Text>
      {(side.partial !== null || side.warnings.length > 0) && (
        <Alert color="gray" variant="outline" p="xs" mt="xs" title={changes.notWhole}>
          <List size="xs">
            {[...(side.partial === null ? [] : [side.partial]), ...side.warnings].map((warning) => (
              <List.Item key={warning} className="foreign">
                {visible(warning)}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </div>
  );
}
