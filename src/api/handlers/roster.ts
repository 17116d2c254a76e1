import { operations } from '../operations.ts';
import { exportRoster } from '../roster/export-roster.ts';
import { importRoster } from '../roster/import-roster.ts';

export const rosterHandlers = () => ({
  export: operations.devices.export.handler(({ context, input }) => exportRoster(context, input)),
  import: operations.devices.import.handler(({ context, input }) => importRoster(context, input)),
});
