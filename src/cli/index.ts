/**
 * cli: one file per command, text and JSON printers; a client of the contract like the dashboard.
 * Never: rules of the field, the store, or nmap; never ends the process, never loads more than the command at hand needs
 * (so nothing here but types and doors that open when they are used).
 */
export type { Connection } from './client.ts';
export { birthOf, ensureToken, loadConfig, mailRoute, secretOfProvider } from './for-the-house.ts';
export type { Places } from './places.ts';
export { runCli } from './run-cli.ts';
export { STORE_FILE } from './store-file.ts';
export type { CliWorld, DaemonOrder, House, MailRoute, Sink } from './world.ts';
