import { type Device, Fault, nearest, type RosterFormat } from '../../core/index.ts';
import { type Column, columnNamed, deviceEntry, deviceLine, headLine, ROSTER_COLUMNS, type Separator } from '../../inventory/index.ts';
import { chosenAmong } from '../chosen.ts';
import type { ApiContext } from '../context.ts';
import { mapInSlices } from '../slices.ts';

export interface RosterOrder {
  readonly as: RosterFormat;
  readonly filter?: string | undefined;
  readonly columns?: string | undefined;
  readonly bom: boolean;
  readonly separator: keyof typeof SEPARATORS;
}

const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const satisfies Record<string, Separator>;

/** A table of all devices that fit, as a file. */
export async function exportRoster(context: ApiContext, { as, filter, columns: asked, bom, separator }: RosterOrder): Promise<File> {
  const columns = columnsAsked(asked);
  const devices = await chosenAmong(context, context.keeper.roll().devices, { filter });
  const parts = as === 'json' ? await asJson(devices, columns) : await asCsv(devices, columns, SEPARATORS[separator]);
  const type = as === 'json' ? 'application/json' : 'text/csv; charset=utf-8';
  return new File(bom ? ['\ufeff', ...parts] : parts, `devices.${as}`, { type });
}

async function asCsv(devices: readonly Device[], columns: readonly Column[], separator: Separator): Promise<string[]> {
  const lines = await mapInSlices(devices, (device) => deviceLine(device, columns, separator));
  return [headLine(columns, separator), ...lines];
}

async function asJson(devices: readonly Device[], columns: readonly Column[]): Promise<string[]> {
  const entries = await mapInSlices(devices, (device) => `  ${JSON.stringify(deviceEntry(device, columns))}`);
  return ['[\n', entries.join(',\n'), '\n]\n'];
}

/** Fault bad-input for a column there is not, or that is named twice. */
function columnsAsked(text: string | undefined): readonly Column[] {
  if (text === undefined) return ROSTER_COLUMNS;
  const columns = text.split(',').map((name) => {
    const column = columnNamed(name);
    if (column) return column;
    const known = ROSTER_COLUMNS.map((one) => one.name);
    const guess = nearest(name.trim(), known);
    const shown = JSON.stringify(name.trim().slice(0, 40));
    throw new Fault(
      'bad-input',
      `exporting devices: there is no column ${shown}`,
      guess ? `did you mean ${guess}?` : `write ${known.join(', ')}`,
    );
  });
  return [...new Set(columns)];
}
