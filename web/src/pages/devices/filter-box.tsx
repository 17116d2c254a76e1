import { ActionIcon, Alert, TextInput } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Failure } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import classes from './devices.module.css';
import { filterFaultOf } from './filter-fault.ts';

interface Props {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly failure: unknown;
}

/** Where a filter is written, and what is wrong with it. */
export function FilterBox({ filter, onFilter, failure }: Props) {
  const { devices } = useTexts();
  const [text, setText] = useState(filter);
  const [told, setTold] = useState(filter);
  const faultId = useId();
  // The address changed by itself: by the way back, or a view that was picked.
  if (filter !== told) {
    setTold(filter);
    setText(filter);
  }
  const write = (next: string): void => {
    setText(next);
    setTold(next);
    onFilter(next);
  };
  return (
    <div>
      <TextInput
        aria-label={devices.filter}
        aria-invalid={failure ? true : undefined}
        aria-describedby={failure ? faultId : undefined}
        placeholder={devices.filterHint}
        leftSection={<IconFilter size={16} />}
        rightSection={
          text !== '' && (
            <ActionIcon variant="subtle" size="sm" aria-label={devices.clear} onClick={() => write('')}>
              <IconX size={14} />
            </ActionIcon>
          )
        }
        value={text}
        maxLength={1000}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => write(event.currentTarget.value)}
      />
      {failure !== null && failure !== undefined && <Fault id={faultId} failure={failure} />}
    </div>
  );
}

function Fault({ id, failure }: { readonly id: string; readonly failure: unknown }) {
  const { devices } = useTexts();
  const fault = filterFaultOf(failure);
  if (fault === null) return <Failure failure={failure} />;
  return (
    <Alert id={id} color="red" variant="default" role="status" mt="xs" title={devices.cannotRead} data-fault>
      {fault.bad !== '' && (
        <div className={classes.faultLine}>
          {visible(fault.before)}
          <mark>{visible(fault.bad)}</mark>
          {visible(fault.after)}
        </div>
      )}
      {visible(fault.said)}. {fault.remedy !== null && visible(fault.remedy)}
    </Alert>
  );
}
