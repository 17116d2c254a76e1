/**
 * cli: one file per command, text and JSON printers; a client of the contract like the dashboard.
 * Never: rules of the field, the store, or nmap; never loads more than the command at hand needs, never ends the process.
 */

export type { Connection } from './client.ts';
export { RPC_PATH } from './client.ts';
export type { Call, CommandModule } from './command.ts';
export { Faults } from './faults.ts';
export { type Places, placesOf } from './places.ts';
export { runCli } from './run-cli.ts';
export { ensureToken } from './token.ts';
export type { CliWorld, DaemonOrder, House, Sink } from './world.ts';
