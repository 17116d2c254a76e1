import { compareText } from './code-points.ts';
import { compareAddresses } from './identity.ts';
import type { NdiffHost } from './scan.ts';

/** How Ndiff calls a host: all its names, with its addresses in parentheses. What joins to nothing is left out. */
export function hostName({ addresses, hostnames }: Pick<NdiffHost, 'addresses' | 'hostnames'>): string {
  const names = hostnames.toSorted(compareText).join(', ');
  const places = addresses
    .toSorted(compareAddresses)
    .map(({ text }) => text)
    .join(', ');
  if (names === '' && places === '') return '<no name>';
  if (names === '' || places === '') return names || places;
  return `${names} (${places})`;
}
