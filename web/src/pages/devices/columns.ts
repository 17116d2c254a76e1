/** Every column, as they come when nobody chose. `width` in px. */
export const COLUMNS = [
  { id: 'name', width: 220, usual: true },
  { id: 'addresses', width: 140, usual: true },
  { id: 'presence', width: 150, usual: true },
  { id: 'type', width: 110, usual: true },
  { id: 'owner', width: 110, usual: true },
  { id: 'vendor', width: 150, usual: true },
  { id: 'ports', width: 130, usual: true },
  { id: 'lastSeen', width: 120, usual: true },
  { id: 'groups', width: 130, usual: false },
  { id: 'tags', width: 130, usual: false },
  { id: 'importance', width: 110, usual: false },
  { id: 'macs', width: 150, usual: false },
  { id: 'os', width: 150, usual: false },
  { id: 'firstSeen', width: 120, usual: false },
] as const;

export type ColumnId = (typeof COLUMNS)[number]['id'];

/** Which columns are shown, in order, and how wide those are that somebody pulled. */
export interface Arrangement {
  readonly shown: readonly ColumnId[];
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
}

export const USUAL: Arrangement = { shown: COLUMNS.flatMap(({ id, usual }) => (usual ? [id] : [])), widths: {} };

export const [NARROWEST, WIDEST] = [60, 800];

const WIDTHS = new Map<string, number>(COLUMNS.map(({ id, width }) => [id, width]));

export const isColumn = (text: unknown): text is ColumnId => typeof text === 'string' && WIDTHS.has(text);

export const widthOf = ({ widths }: Arrangement, id: ColumnId): number => widths[id] ?? (WIDTHS.get(id) as number);

export const withWidth = ({ shown, widths }: Arrangement, id: ColumnId, width: number): Arrangement => ({
  shown,
  widths: { ...widths, [id]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) },
});

/** The name is what a row is, so it stays. */
export const withColumn = ({ shown, widths }: Arrangement, id: ColumnId, there: boolean): Arrangement => ({
  widths,
  shown: id === 'name' ? shown : there ? [...shown.filter((one) => one !== id), id] : shown.filter((one) => one !== id),
});

/** One place towards the front (-1) or the end (1); the name stays first. */
export function moved({ shown, widths }: Arrangement, id: ColumnId, by: -1 | 1): Arrangement {
  const from = shown.indexOf(id);
  const to = from + by;
  if (from < 1 || to < 1 || to >= shown.length) return { shown, widths };
  const order = [...shown];
  order.splice(from, 1);
  order.splice(to, 0, id);
  return { shown: order, widths };
}

/** Column names from elsewhere (a view of a newer page, a file): those there are, each once, the name first. */
export function shownFrom(names: readonly unknown[]): readonly ColumnId[] {
  const known = [...new Set(names.filter(isColumn))].filter((id) => id !== 'name');
  return known.length === 0 ? USUAL.shown : ['name', ...known];
}

/** What a browser kept, as far as it can be read. */
export function arrangementFrom(text: string | null): Arrangement {
  const kept = parsed(text);
  if (kept === null) return USUAL;
  const { shown, widths } = kept;
  let read: Arrangement = { shown: Array.isArray(shown) ? shownFrom(shown) : USUAL.shown, widths: {} };
  if (typeof widths !== 'object' || widths === null) return read;
  for (const [id, width] of Object.entries(widths))
    if (isColumn(id) && typeof width === 'number' && Number.isFinite(width)) read = withWidth(read, id, width);
  return read;
}

function parsed(text: string | null): { readonly shown?: unknown; readonly widths?: unknown } | null {
  try {
    const kept: unknown = JSON.parse(text ?? '');
    return typeof kept === 'object' ? kept : null;
  } catch {
    return null;
  }
}
