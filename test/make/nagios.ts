import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPath } from '../needs.ts';

/** A service as Nagios sees it. */
export interface SeenService {
  /** 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
  readonly state: number;
  readonly output: string;
  /** Line breaks are written as \n. */
  readonly more: string;
  readonly perfdata: string;
  /** When it was checked last, in seconds. */
  readonly checked: number;
}

export interface Nagios {
  /** Services that were checked at least once, by their description. */
  services(): Promise<ReadonlyMap<string, SeenService>>;
  output(): string;
  stop(): Promise<void>;
}

export interface NagiosOrder {
  readonly folder: string;
  /** Definitions of commands. */
  readonly commands: string;
  /** What each service is checked by ("check_rollcall!--drift"). */
  readonly services: Readonly<Record<string, string>>;
}

/** A Nagios of its own in a folder: checks each service every two seconds, tells nobody, listens nowhere. */
export async function startNagios({ folder, commands, services }: NagiosOrder): Promise<Nagios> {
  const [main, objects, status] = ['nagios.cfg', 'objects.cfg', 'status.dat'].map((name) => join(folder, name)) as [string, string, string];
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(objects, [commands, SURROUNDINGS, ...Object.entries(services).map(serviceText)].join('\n'));
  await writeFile(main, mainText(folder, objects, status));
  const child = spawn(toolPath('nagios4') as string, [main], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return {
    services: async () => servicesIn(await readFile(status, 'utf8').catch(() => '')),
    output: () => output,
    stop: () => stopped(child),
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  const end = new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await end;
  clearTimeout(impatient);
}

function mainText(folder: string, objects: string, status: string): string {
  const file = (name: string): string => join(folder, name);
  const settings = {
    log_file: file('nagios.log'),
    cfg_file: objects,
    object_cache_file: file('objects.cache'),
    status_file: status,
    status_update_interval: 1,
    lock_file: file('nagios.lock'),
    temp_file: file('nagios.tmp'),
    temp_path: folder,
    query_socket: file('nagios.qh'),
    command_file: file('nagios.cmd'),
    check_result_path: file('results'),
    nagios_user: process.getuid?.() ?? 0,
    nagios_group: process.getgid?.() ?? 0,
    check_external_commands: 0,
    retain_state_information: 0,
    use_syslog: 0,
    interval_length: 1,
    check_for_updates: 0,
    enable_notifications: 0,
    execute_host_checks: 0,
    process_performance_data: 1,
    service_inter_check_delay_method: 'n',
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const SURROUNDINGS = `
define timeperiod {
  timeperiod_name always
  alias always
${DAYS.map((day) => `  ${day} 00:00-24:00`).join('\n')}
}
define command {
  command_name nothing
  command_line /bin/true
}
define contact {
  contact_name nobody
  host_notifications_enabled 0
  service_notifications_enabled 0
  host_notification_period always
  service_notification_period always
  host_notification_commands nothing
  service_notification_commands nothing
}
define host {
  host_name network
  address 127.0.0.1
  max_check_attempts 1
  contacts nobody
  notification_period always
}`;

/** In its files a semicolon begins a comment, also inside a line. */
const serviceText = ([description, command]: [string, string]): string => `
define service {
  host_name network
  service_description ${description}
  check_command ${command.replaceAll(';', '\\;')}
  check_interval 2
  retry_interval 2
  max_check_attempts 1
  check_period always
  notification_period always
  contacts nobody
}`;

function servicesIn(text: string): Map<string, SeenService> {
  const blocks = [...text.matchAll(/^servicestatus \{\n(.*?)^\t\}/gms)].map(([, block]) => fieldsIn(block as string));
  const checked = blocks.filter((fields) => fields.get('has_been_checked') === '1');
  return new Map(checked.map((fields) => [fields.get('service_description') ?? '', seen(fields)]));
}

const fieldsIn = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/^\t(\w+)=(.*)$/gm)].map(([, key, value]) => [key as string, value as string]));

const seen = (fields: ReadonlyMap<string, string>): SeenService => ({
  state: Number(fields.get('current_state')),
  output: fields.get('plugin_output') ?? '',
  more: fields.get('long_plugin_output') ?? '',
  perfdata: fields.get('performance_data') ?? '',
  checked: Number(fields.get('last_check')),
});
