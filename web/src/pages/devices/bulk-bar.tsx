import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../texts/language.tsx';
import { Approve } from './approve.tsx';
import { BulkEdit } from './bulk-edit.tsx';
import { Merge } from './merge.tsx';
import { PutInGroup } from './put-in-group.tsx';
import type { Row } from './row.ts';

interface Props {
  readonly selected: readonly Row[];
  readonly unselect: () => void;
}

type Deed = 'edit' | 'approve' | 'group' | 'merge';

/** More are never made one at once. */
const MOST_MERGED = 20;

/** What can be done with all that are selected. */
export function BulkBar({ selected, unselect }: Props) {
  const { devices } = useTexts();
  const { bulk } = devices;
  const [deed, setDeed] = useState<Deed | null>(null);
  // Those meant stay the same while a form is open, whatever comes.
  const [meant, setMeant] = useState<readonly Row[]>([]);
  const begin = (next: Deed) => () => {
    setMeant(selected);
    setDeed(next);
  };
  const close = (): void => setDeed(null);
  const ids = meant.map(({ id }) => id);
  return (
    <>
      {selected.length > 0 && (
        <Group gap="xs" role="group" aria-label={devices.selected(selected.length)}>
          <Text size="sm" fw={600} role="status" data-selected={selected.length}>
            {devices.selected(selected.length)}
          </Text>
          <Button size="compact-md" onClick={begin('edit')}>
            {bulk.edit}
          </Button>
          <Button size="compact-md" variant="default" onClick={begin('approve')}>
            {bulk.approve}
          </Button>
          <Button size="compact-md" variant="default" onClick={begin('group')}>
            {bulk.group}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            disabled={selected.length < 2 || selected.length > MOST_MERGED}
            onClick={begin('merge')}
          >
            {bulk.merge}
          </Button>
          <Button size="compact-md" variant="subtle" onClick={unselect}>
            {devices.unselect}
          </Button>
        </Group>
      )}
      {deed === 'edit' && <BulkEdit ids={ids} close={close} />}
      {deed === 'approve' && <Approve ids={ids} close={close} />}
      {deed === 'group' && <PutInGroup selected={meant} close={close} />}
      {deed === 'merge' && (
        <Merge
          members={meant}
          close={close}
          after={() => {
            close();
            unselect();
          }}
        />
      )}
    </>
  );
}
