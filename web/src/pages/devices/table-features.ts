import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  type ReactTable,
  rowSelectionFeature,
  tableFeatures,
} from '@tanstack/react-table';
import { COLUMNS, NARROWEST, WIDEST } from './columns.ts';
import type { Row } from './row.ts';

/** Sorting and filtering are done before: by keys made once, and by the daemon. */
export const features = tableFeatures({
  rowSelectionFeature,
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
});

const column = createColumnHelper<typeof features, Row>();

export const columns = column.columns(
  COLUMNS.map(({ id, width }) => column.display({ id, size: width, minSize: NARROWEST, maxSize: WIDEST })),
);

export type DeviceTable = ReactTable<typeof features, Row>;
