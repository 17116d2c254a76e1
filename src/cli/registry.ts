import type { CommandModule } from './command.ts';

interface Entry {
  /** Arguments, for the overview. */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** Every command there is, in the order of the overview. Each is loaded only when it is used. */
export const COMMANDS = {
  start: { usage: '', summary: 'start the daemon in the background', load: async () => (await import('./commands/start.ts')).startCommand },
  stop: { usage: '', summary: 'stop the daemon', load: async () => (await import('./commands/stop.ts')).stopCommand },
  status: {
    usage: '',
    summary: 'say whether the daemon runs, and how it is',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  run: { usage: '', summary: 'run the daemon in the foreground', load: async () => (await import('./commands/run.ts')).runCommand },
  devices: {
    usage: '[FILTER...]',
    summary: 'list the devices: who is here, who is away',
    load: async () => (await import('./commands/devices.ts')).devicesCommand,
  },
  device: {
    usage: '[set] DEVICE...',
    summary: 'show one device, or say what devices are',
    load: async () => (await import('./commands/device.ts')).deviceCommand,
  },
  person: {
    usage: '[give|take|rename]',
    summary: 'say who is home, and whose devices are whose',
    load: async () => (await import('./commands/person.ts')).personCommand,
  },
  group: {
    usage: '[add|remove|rename]',
    summary: 'list the groups, and put devices into them',
    load: async () => (await import('./commands/group.ts')).groupCommand,
  },
  who: {
    usage: '[FILTER...]',
    summary: 'say who is here now, and since when',
    load: async () => (await import('./commands/who.ts')).whoCommand,
  },
  services: {
    usage: '[FILTER...]',
    summary: 'say what is served, port by port or by product',
    load: async () => (await import('./commands/services.ts')).servicesCommand,
  },
  certificates: {
    usage: '[FILTER...]',
    summary: 'list TLS certificates, the one that ends first',
    load: async () => (await import('./commands/services.ts')).certificatesCommand,
  },
  timeline: {
    usage: 'DEVICE...',
    summary: 'show when devices were here',
    load: async () => (await import('./commands/timeline.ts')).timelineCommand,
  },
  why: {
    usage: 'DEVICE|SEQ',
    summary: 'show the evidence for a change or a device',
    load: async () => (await import('./commands/why.ts')).whyCommand,
  },
  merge: {
    usage: '[DEVICE...]',
    summary: 'make several devices one, or list who looks like one',
    load: async () => (await import('./commands/merge.ts')).mergeCommand,
  },
  split: {
    usage: 'DEVICE [MAC...]',
    summary: 'make two devices of one, or take a merge back',
    load: async () => (await import('./commands/split.ts')).splitCommand,
  },
  forget: {
    usage: 'DEVICE...',
    summary: 'forget devices for good',
    load: async () => (await import('./commands/forget.ts')).forgetCommand,
  },
  wake: {
    usage: 'DEVICE',
    summary: 'wake a device that sleeps',
    load: async () => (await import('./commands/wake.ts')).wakeCommand,
  },
  undo: {
    usage: '[REF]',
    summary: 'take back what was done lately',
    load: async () => (await import('./commands/undo.ts')).undoCommand,
  },
  changes: { usage: '', summary: 'list what changed', load: async () => (await import('./commands/changes.ts')).changesCommand },
  baseline: {
    usage: 'make|diff|approve|...',
    summary: 'say how it should be, and what differs',
    load: async () => (await import('./commands/baseline.ts')).baselineCommand,
  },
  check: {
    usage: '[-w RANGE] [-c RANGE]',
    summary: 'a plugin of Nagios, Icinga and Checkmk',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  rule: {
    usage: '[add|set|test|...]',
    summary: 'say who must hear of what, and test it',
    load: async () => (await import('./commands/rule.ts')).ruleCommand,
  },
  channel: {
    usage: '[add|set|test|...]',
    summary: 'say how people are told, and test it',
    load: async () => (await import('./commands/channel.ts')).channelCommand,
  },
  incidents: {
    usage: '[ID]',
    summary: 'list what is going on, and who was told',
    load: async () => (await import('./commands/incidents.ts')).incidentsCommand,
  },
  ack: {
    usage: 'ID...|all',
    summary: 'take note of incidents, and end their reminders',
    load: async () => (await import('./commands/ack.ts')).ackCommand,
  },
  mute: {
    usage: '[--for LENGTH]',
    summary: 'keep something silent for a while',
    load: async () => (await import('./commands/mute.ts')).muteCommand,
  },
  mutes: { usage: '', summary: 'list what is kept silent', load: async () => (await import('./commands/mutes.ts')).mutesCommand },
  unmute: { usage: 'ID...', summary: 'end mutes', load: async () => (await import('./commands/unmute.ts')).unmuteCommand },
  outbox: {
    usage: '',
    summary: 'list what waits to be told, and what could not be',
    load: async () => (await import('./commands/outbox.ts')).outboxCommand,
  },
  resend: {
    usage: 'ID...|--dead',
    summary: 'send anew what could not be delivered',
    load: async () => (await import('./commands/resend.ts')).resendCommand,
  },
  scan: { usage: 'TARGET...', summary: 'look now', load: async () => (await import('./commands/scan.ts')).scanCommand },
  followup: {
    usage: '[TARGET...]',
    summary: 'ask the ports that are due what they serve',
    load: async () => (await import('./commands/followup.ts')).followupCommand,
  },
  scans: { usage: '', summary: 'list the scans and how they ended', load: async () => (await import('./commands/scans.ts')).scansCommand },
  diff: {
    usage: 'A [B]',
    summary: 'say what differs between two scans, moments or files',
    load: async () => (await import('./commands/diff.ts')).diffCommand,
  },
  report: {
    usage: '-f FILE -o DIR',
    summary: 'scan a list, say what differs, mail it',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  nightly: {
    usage: '[TARGET...] -o DIR',
    summary: 'look for ports, diff, ask what is new',
    load: async () => (await import('./commands/nightly.ts')).nightlyCommand,
  },
  export: {
    usage: 'SCAN|devices',
    summary: 'write a scan or all devices as a file',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  ndiff: {
    usage: 'A B',
    summary: 'compare two nmap XML files as Ndiff does',
    load: async () => (await import('./commands/ndiff.ts')).ndiffCommand,
  },
  ingest: {
    usage: '[FILE]',
    summary: "take in another program's report",
    load: async () => (await import('./commands/ingest.ts')).ingestCommand,
  },
  import: {
    usage: 'PATH...',
    summary: 'take in what other programs remember',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  watch: {
    usage: 'TARGET',
    summary: 'look at a target again and again',
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  unwatch: {
    usage: 'TARGET',
    summary: 'watch a target no longer',
    load: async () => (await import('./commands/unwatch.ts')).unwatchCommand,
  },
  targets: {
    usage: '',
    summary: 'list what is watched, and how it stands',
    load: async () => (await import('./commands/targets.ts')).targetsCommand,
  },
  networks: {
    usage: '',
    summary: 'list the networks of this machine',
    load: async () => (await import('./commands/networks.ts')).networksCommand,
  },
  doctor: {
    usage: '',
    summary: 'say what is missing, and the fix',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  user: {
    usage: '[add|role|remove|...]',
    summary: 'say who may sign in, and what they may',
    load: async () => (await import('./commands/user.ts')).userCommand,
  },
  token: {
    usage: '[add|list|revoke]',
    summary: 'print the token for HTTP, or make others',
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
  audit: {
    usage: '[--since TIME]',
    summary: 'list who changed what, and who was refused',
    load: async () => (await import('./commands/audit.ts')).auditCommand,
  },
  backup: { usage: 'FILE', summary: 'copy the store to a file', load: async () => (await import('./commands/backup.ts')).backupCommand },
  restore: {
    usage: 'FILE',
    summary: 'put a backup in place of the store',
    load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  config: {
    usage: 'check [FILE]',
    summary: 'check the config file',
    load: async () => (await import('./commands/config.ts')).configCommand,
  },
  systemd: {
    usage: '[print|install]',
    summary: 'print or install the units for systemd',
    load: async () => (await import('./commands/systemd.ts')).systemdCommand,
  },
  completion: {
    usage: 'SHELL',
    summary: 'print completions for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completionCommand,
  },
} as const satisfies Record<string, Entry>;

export type CommandName = keyof typeof COMMANDS;

export const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);
