export interface FileOfZone {
  readonly kinds: readonly {
    readonly offset: number;
    readonly isSummer?: boolean;
    readonly inStandard?: boolean;
    readonly inUt?: boolean;
  }[];
  /** Epoch seconds, and which kind of time begins. */
  readonly changes: readonly (readonly [time: number, kind: number])[];
  readonly footer: string;
  /** 0: 32 bits, no footer. */
  readonly version?: 0 | 2;
}

/** A compiled file of the time zone database (RFC 9636). */
export function zoneFile({ kinds, changes, footer, version = 2 }: FileOfZone): Uint8Array {
  const empty = block({ kinds: [{ offset: 0 }], changes: [], width: 4, version });
  if (version === 0) return Uint8Array.from(block({ kinds, changes, width: 4, version }));
  return Uint8Array.from([...empty, ...block({ kinds, changes, width: 8, version }), ...signs(`\n${footer}\n`)]);
}

const signs = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0));

function block({ kinds, changes, width, version }: Omit<FileOfZone, 'footer'> & { readonly width: 4 | 8 }): number[] {
  const counts = [kinds.length, kinds.length, 0, changes.length, kinds.length, 4];
  return [
    ...signs('TZif'),
    version === 0 ? 0 : 0x32,
    ...Array<number>(15).fill(0),
    ...counts.flatMap((count) => bytes(count, 4)),
    ...changes.flatMap(([time]) => bytes(time, width)),
    ...changes.map(([, kind]) => kind),
    ...kinds.flatMap(({ offset, isSummer = false }) => [...bytes(offset, 4), Number(isSummer), 0]),
    ...signs('XYZ\0'),
    ...kinds.map(({ inStandard = false }) => Number(inStandard)),
    ...kinds.map(({ inUt = false }) => Number(inUt)),
  ];
}

function bytes(value: number, width: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(width));
  if (width === 4) view.setInt32(0, value);
  else view.setBigInt64(0, BigInt(value));
  return [...new Uint8Array(view.buffer)];
}
