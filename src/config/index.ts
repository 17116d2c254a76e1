/**
 * config: the text of rollcall.toml to a typed Config, or every fault in it at once, each with its place and remedy.
 * Never: read files, look at the environment or the clock, scan, or judge the scope (that needs this machine's networks).
 */
export * from './config.ts';
export { readCron } from './cron.ts';
export { ifaceName } from './fields.ts';
export type { ChannelSurroundings, ConfigChecks } from './outside.ts';
export { readConfig } from './read-config.ts';
export { type Setting, settingsOf } from './settings.ts';
