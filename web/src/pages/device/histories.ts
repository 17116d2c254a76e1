import type { SpanJson } from '../../../../src/contract/index.ts';

/** One value over time, newest first. */
export interface History {
  readonly key: string;
  readonly spans: readonly SpanJson[];
}

/** Spans of a kind, those of one key together; keys that hold now first, then by when they were last so. */
export function historiesOf(spans: readonly SpanJson[], kind: SpanJson['kind']): History[] {
  const groups = Map.groupBy(
    spans.filter((span) => span.kind === kind),
    ({ key }) => key,
  );
  return [...groups]
    .map(([key, some]) => ({ key, spans: some.toSorted((a, b) => compare(endOf(b), endOf(a)) || compare(b.from, a.from)) }))
    .toSorted((a, b) => compare(endOf(b.spans[0]), endOf(a.spans[0])) || compare(a.key, b.key));
}

/** What holds now ends after everything. */
const endOf = (span: SpanJson | undefined): string => span?.to ?? '~';

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** "tcp/22", as facts have it, as people write it: "22/tcp". */
export function placeOf(key: string): string {
  const [protocol = '', port = ''] = key.split('/');
  return port === '' ? key : `${port}/${protocol}`;
}

/** What one span of a port or service says, in one line. */
export function saidBy({ kind, value, service }: SpanJson): string {
  if (kind !== 'port' || service === null) return value;
  const words = [service.name, service.product, service.version, service.extra === '' ? '' : `(${service.extra})`];
  return [value, ...words].filter((word) => word !== '').join(' ');
}
