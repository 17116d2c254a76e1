import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ChangeJson } from '../../../../src/contract/index.ts';
import { ChangeLine } from '../../parts/change-line.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { useTexts } from '../../texts/language.tsx';
import classes from './device.module.css';
import { WhyChange } from './why.tsx';

/** Its last 50 changes, each with its reasons. */
export function LastChanges({ changes }: { readonly changes: readonly ChangeJson[] }) {
  const { device } = useTexts();
  const [asked, ask] = useState<number | null>(null);
  return (
    <Section title={device.changes.title}>
      {changes.length === 0 ? (
        <Empty text={device.changes.none} />
      ) : (
        <ul className={classes.lines}>
          {changes.map((change) => (
            <li key={change.seq}>
              <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
                <ChangeLine change={change} when="moment" />
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={device.why.change(change.seq)}
                  onClick={() => ask(change.seq)}
                  style={{ flex: 'none' }}
                >
                  {device.why.button}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      )}
      {asked !== null && <WhyChange seq={asked} close={() => ask(null)} />}
    </Section>
  );
}
