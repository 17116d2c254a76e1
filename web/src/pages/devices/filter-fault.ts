/** A filter that cannot be read, taken apart at its bad word. */
export interface FilterFault {
  readonly said: string;
  readonly before: string;
  readonly bad: string;
  readonly after: string;
  readonly remedy: string | null;
}

/** Reads the daemon's word on a filter: what is wrong, the filter, and a line that points at the bad word. null: it is about something else. */
export function filterFaultOf(failure: unknown): FilterFault | null {
  if (!(failure instanceof Error) || !failure.message.startsWith('reading filter: ')) return null;
  const remedy = (failure as { data?: { remedy?: unknown } }).data?.remedy;
  const [said = '', text = '', marks = ''] = failure.message.split('\n');
  const signs = Array.from(text);
  const from = marks.indexOf('^');
  const to = from < 0 ? signs.length : marks.length;
  const piece = (start: number, end: number): string => signs.slice(start, end).join('');
  return {
    said: said.slice('reading filter: '.length),
    before: piece(0, Math.max(0, from)),
    bad: from < 0 ? '' : piece(from, to),
    after: from < 0 ? piece(0, 0) : piece(to, signs.length),
    remedy: typeof remedy === 'string' ? remedy : null,
  };
}
