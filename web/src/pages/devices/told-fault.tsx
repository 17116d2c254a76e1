import { Alert } from '@mantine/core';
import { Failure } from '../../parts/answer.tsx';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';
import classes from './devices.module.css';
import { filterFaultOf } from './filter-fault.ts';

/** What is wrong with a filter, with the word that is. */
export function FilterFault({ id, failure }: { readonly id: string; readonly failure: unknown }) {
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
