import type { Observation, PortSeen, ScriptSeen } from '../../core/index.ts';
import type { ScanHosts } from '../../watch/index.ts';
import { byCount, firstLine, lastLine, oneLine, serviceWord, versionWords } from './nmap-words.ts';

/** A scan as nmap -oN has it: for people, a table of ports for each host. */
export function normalText({ scan, hosts }: ScanHosts): string {
  const versions = scan.coverage?.depth === 'versions';
  const blocks = hosts.map(({ observation, scripts }) => hostBlock(observation, scripts, versions));
  return [firstLine(scan), ...blocks, lastLine(scan, hosts.length), ''].join('\n');
}

function hostBlock(host: Observation, scripts: readonly ScriptSeen[], versions: boolean): string {
  const name = host.names?.[0]?.name;
  const who = name === undefined ? host.address : `${oneLine(name)} (${host.address})`;
  const mac = host.mac === null ? [] : [`MAC Address: ${host.mac.toUpperCase()} (${oneLine(host.vendor ?? 'Unknown')})`];
  const lines = [
    `Nmap scan report for ${who}`,
    'Host is up.',
    ...(host.timedOut ? [`Skipping host ${who} due to host timeout`] : notShown(host, who)),
    ...table(host.ports, scripts, versions),
    ...mac,
    ...(host.os === null ? [] : [`OS details: ${oneLine(host.os)}`]),
    ...scriptBlock('Host script results:', scripts),
  ];
  return lines.length > 2 ? `${lines.join('\n')}\n` : lines.join('\n');
}

function notShown({ ports, unlisted }: Observation, who: string): string[] {
  const counts = byCount(unlisted).map(({ count, state, protocol }) => `${count} ${state} ${protocol} ports`);
  if (counts.length === 0) return [];
  const all = unlisted.reduce((sum, { count }) => sum + count, 0);
  const none = ports.length > 0 ? [] : [`All ${all} scanned ports on ${who} are in ignored states.`];
  return [...none, `Not shown: ${counts.join(', ')}`];
}

function table(ports: readonly PortSeen[], scripts: readonly ScriptSeen[], versions: boolean): string[] {
  if (ports.length === 0) return [];
  const heading = ['PORT', 'STATE', 'SERVICE', ...(versions ? ['VERSION'] : [])];
  const rows = ports.map((port) => cellsOf(port, versions));
  const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => text.padEnd(widths[column] as number))
      .join(' ')
      .trimEnd();
  return [line(heading), ...ports.flatMap((port, i) => [line(rows[i] as string[]), ...scriptsOf(port, scripts)])];
}

function cellsOf(port: PortSeen, versions: boolean): string[] {
  const cells = [`${port.port}/${port.protocol}`, port.state, serviceWord(port, versions) || 'unknown'];
  return versions ? [...cells, versionWords(port.service)] : cells;
}

function scriptsOf({ port, protocol }: PortSeen, scripts: readonly ScriptSeen[]): string[] {
  return scripts.filter((script) => script.port?.port === port && script.port.protocol === protocol).flatMap(scriptLines);
}

function scriptBlock(heading: string, scripts: readonly ScriptSeen[]): string[] {
  const lines = scripts.filter(({ port }) => port === null).flatMap(scriptLines);
  return lines.length === 0 ? [] : ['', heading, ...lines];
}

/** "| id: first line", and the last line with "|_". */
function scriptLines({ id, output }: ScriptSeen): string[] {
  const lines = `${id}: ${output}`.split('\n').map(oneLine);
  return lines.map((line, i) => `${i === lines.length - 1 ? '|_' : '| '}${line}`);
}
