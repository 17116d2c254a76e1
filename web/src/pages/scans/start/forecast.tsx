import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../../asked/client.ts';
import { Answer } from '../../../parts/answer.tsx';
import { useTexts } from '../../../texts/language.tsx';
import { inputOf, type Order } from './order.ts';

/** What a scan would send, before anything is sent. */
export function Forecast({ order }: { readonly order: Order }) {
  const { scans } = useTexts();
  const { targets, plan, ports } = inputOf(order);
  const [asked] = useDebouncedValue(JSON.stringify({ targets, plans: [plan], ...(ports !== undefined && { ports }) }), 300);
  const cost = useQuery({
    queryKey: ['targets.forecast', asked],
    queryFn: ({ signal }) => client.targets.forecast(JSON.parse(asked) as { targets: string[]; plans: (typeof plan)[] }, { signal }),
    enabled: targets.length > 0,
    retry: false,
  });
  if (targets.length === 0) return null;
  return (
    <Answer of={cost} lines={1}>
      {(plans) =>
        plans.map(({ plan: name, addresses, likely, worst }) => (
          <Text size="sm" key={name} role="status" data-forecast={name}>
            {scans.forecast}: {scans.addresses(addresses)}, {scans.estimate(likely)} · {scans.worst}: {scans.estimate(worst)}
          </Text>
        ))
      }
    </Answer>
  );
}
