import { Badge, Text } from '@mantine/core';
import type { ScanJson } from '../../../../src/contract/index.ts';
import { visible } from '../../parts/visible.ts';
import { useTexts } from '../../texts/language.tsx';

/** How a scan ended, and why it is not complete. */
export function Outcome({ scan: { outcome, cause } }: { readonly scan: Pick<ScanJson, 'outcome' | 'cause'> }) {
  const { scans } = useTexts();
  return (
    <>
      <Badge size="sm" color="red" variant={outcome === 'failed' ? 'filled' : 'default'}>
        {scans.outcomes[outcome]}
      </Badge>
      {cause !== null && (
        <Text span size="sm" className="foreign" ml="xs">
          {visible(cause.text)}
        </Text>
      )}
    </>
  );
}
