/** How a stretch of one list becomes a stretch of another: a[aStart, aEnd) becomes b[bStart, bEnd). */
export interface Opcode {
  readonly tag: 'equal' | 'replace' | 'delete' | 'insert';
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}
