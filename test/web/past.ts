/** A past of a small network, told by reports of nmap with times of their own. */
import { type HostText, portXml, type ScanText, scanXml } from '../make/nmap-file.ts';
import type { Program } from '../program/program.ts';

export const HOUR = 3_600_000;

/** What runs script where text is taken for markup, or leaves a mark on the page. */
export const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The same report, of another time (epoch ms). */
export function reportAt(at: number, scan: ScanText): string {
  const start = Math.round(at / 1000);
  return scanXml({ args: 'nmap -n -p22,23,80 10.0.0.0/28', services: '22,23,80', ...scan })
    .replaceAll('1772445600', String(start))
    .replaceAll('1772445609', String(start + 9))
    .replaceAll('1772445610', String(start + 10));
}

export const service = (name: string, product: string, version = ''): string =>
  `<service name="${name}" product="${escaped(product)}" version="${version}" method="probed" conf="10"/>`;

export const PRINTER: HostText = { address: '10.0.0.1', mac: '00:00:5E:00:53:01', name: 'printer.lan' };
export const NAS: HostText = { address: '10.0.0.2', mac: '00:00:5E:00:53:02', name: 'nas.lan' };
export const STRANGER: HostText = { address: '10.0.0.3', mac: '00:00:5E:00:53:03', name: escaped(HOSTILE) };

const ssh = (version: string): string => portXml(22, 'open', service('ssh', 'OpenSSH', version));
/** As the printer has been since the second look. */
export const PRINTER_NOW: HostText = { ...PRINTER, ports: `${ssh('9.6')}${portXml(23, 'open', service('telnet', 'BusyBox'))}` };
const page = portXml(80, 'open', service('http', 'nginx', '1.24'));

/** Three looks: 72 h, 48 h and 2 h before `now`. */
export async function tellPast(program: Program, now: number): Promise<void> {
  const looks: readonly (readonly [hours: number, hosts: readonly HostText[]])[] = [
    [
      72,
      [
        { ...PRINTER, ports: ssh('9.2') },
        { ...NAS, ports: page },
      ],
    ],
    [48, [PRINTER_NOW, { ...NAS, ports: page }]],
    [2, [PRINTER_NOW, { ...NAS, ports: page }, { ...STRANGER, ports: portXml(80, 'open', service('http', HOSTILE)) }]],
  ];
  for (const [hours, hosts] of looks) await tell(program, reportAt(now - hours * HOUR, { hosts }));
}

/** Has the daemon take in a report. */
export async function tell(program: Program, report: string): Promise<void> {
  const { code, stderr } = await program.feed(report, 'ingest');
  if (code !== 0) throw new Error(`taking in a report: ${stderr}`);
}
