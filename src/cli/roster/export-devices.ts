import { Fault, ROSTER_FORMATS } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';

export interface RosterOptions {
  readonly as?: string;
  readonly filter?: string;
  readonly columns?: string;
  readonly excel?: boolean;
}

/** The table of devices as a file. */
export function exportDevices(
  { withClient }: Pick<Call, 'withClient'>,
  { as = 'csv', filter, columns, excel = false }: RosterOptions,
): Promise<File> {
  const form = ROSTER_FORMATS.find((one) => one === as);
  if (!form)
    throw new Fault('bad-input', `exporting devices as ${as}: there is no such form of a table`, `choose ${ROSTER_FORMATS.join(' or ')}`);
  return withClient((client) =>
    client.devices.export({
      as: form,
      ...(filter !== undefined && { filter: wholeFilter(filter, '--filter') }),
      ...(columns !== undefined && { columns }),
      ...(excel && { bom: true, separator: 'semicolon' }),
    }),
  );
}
