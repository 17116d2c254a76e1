import type { RowJson } from '../../../../src/contract/index.ts';

/** A device as the stream tells it. */
export type Row = RowJson;
