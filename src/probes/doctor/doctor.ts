import type { Finding } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import type { Machine } from '../machine/machine.ts';
import { versionOf } from '../machine/tools.ts';
import { installCommand } from './install-command.ts';
import { isOlder } from './versions.ts';

/** The oldest nmap whose options and XML we know from the inside (2019; Ubuntu 20.04 ships it). */
const OLDEST_NMAP = '7.80';

/** Everything that limits what can be seen from here, with the way to mend it. */
export async function diagnose(machine: Machine, nmapPath: string | null = null): Promise<Finding[]> {
  const parts = await Promise.all([
    nmapPath === null ? nmapFinding(machine) : chosenNmapFinding(nmapPath),
    privilegeFinding(machine),
    ...extraTools(machine),
    leashFinding(machine),
  ]);
  return [...parts, ...networkFindings(await machine.networks()), ...linkFindings(await machine.links())];
}

const fine = (topic: string, text: string): Finding => ({ level: 'fine', topic, text, remedy: null });
const limited = (topic: string, text: string, remedy: string): Finding => ({ level: 'limited', topic, text, remedy });

async function nmapFinding(machine: Machine): Promise<Finding> {
  const nmap = await machine.tool('nmap');
  if (nmap === null) {
    const remedy = await installCommand(machine, 'nmap');
    return { level: 'broken', topic: 'nmap', text: 'nmap is not installed: no scan can run', remedy };
  }
  const shown = nmap.version ?? 'of an unknown version';
  if (nmap.version === null || isOlder(nmap.version, OLDEST_NMAP)) {
    const text = `nmap ${shown} (${nmap.path}) is older than ${OLDEST_NMAP}: its scans may fail`;
    return limited('nmap', text, await installCommand(machine, 'nmap'));
  }
  return fine('nmap', `nmap ${shown} (${nmap.path})`);
}

/** An nmap that the config file names is the only one that is run. */
async function chosenNmapFinding(path: string): Promise<Finding> {
  const version = await versionOf(path);
  if (version !== null) return fine('nmap', `nmap ${version} (${path}, named in the config file)`);
  const remedy = 'mend path under [nmap] in rollcall.toml, or leave it out';
  return { level: 'broken', topic: 'nmap', text: `${path}, named in the config file, does not run: no scan can`, remedy };
}

/** A capability on the file of nmap (setcap) would be lost under no_new_privs, and would cut the leash. */
const PRIVILEGE_REMEDY =
  'run as root, or by the units of "rollcall systemd install", or give the daemon the one capability: "setpriv --ambient-caps +net_raw --inh-caps +net_raw"; not setcap on nmap';

async function privilegeFinding(machine: Machine): Promise<Finding> {
  const { runner } = machine;
  if (runner?.expected()) return fine('privileges', `raw packets are sent and heard by the runner at ${runner.name}`);
  if (runner !== undefined && !machine.privileged())
    return limited(
      'privileges',
      `the runner at ${runner.name} does not answer: scans only connect`,
      'look at: systemctl status rollcall-runner',
    );
  if (machine.privileged()) return fine('privileges', 'raw packets are allowed: ARP finds every neighbour, with its MAC address');
  const text = 'no raw packets (CAP_NET_RAW is missing): scans only connect, so neighbours have no MAC address and silent ones are missed';
  return limited('privileges', text, PRIVILEGE_REMEDY);
}

function extraTools(machine: Machine): Promise<Finding>[] {
  return [
    toolFinding(machine, 'arp-scan', 'it would make sweeps of attached networks faster'),
    toolFinding(machine, 'tcpdump', 'it would let Rollcall hear devices that speak up by themselves'),
    toolFinding(machine, 'ping', 'it would find IPv6 neighbours that no table knows'),
  ];
}

async function toolFinding(machine: Machine, name: 'arp-scan' | 'tcpdump' | 'ping', use: string): Promise<Finding> {
  const tool = await machine.tool(name);
  if (tool !== null) return fine(name, `${name} ${tool.version ?? ''} (${tool.path})`.replace('  ', ' '));
  return limited(name, `${name} is not installed: ${use}`, await installCommand(machine, name));
}

async function leashFinding(machine: Machine): Promise<Finding> {
  if ((await machine.leash()).length > 0) return fine('setpriv', 'a scan dies with the daemon, even when that is killed');
  const text = 'setpriv of util-linux is missing: when the daemon is killed with SIGKILL, a scan under way goes on without it';
  return limited('setpriv', text, await installCommand(machine, 'util-linux'));
}

function networkFindings(networks: readonly { readonly iface: string; readonly block: string }[]): Finding[] {
  if (networks.length === 0) return [limited('networks', 'this machine has no address in any network', 'bring an interface up')];
  return networks.map(({ iface, block }) => fine('networks', `${block} on ${iface}`));
}

/** Only interfaces with an address matter: virtual ones without any lie about in every system. */
function linkFindings(links: readonly Link[]): Finding[] {
  return links
    .filter(({ addresses, loopback }) => addresses.length > 0 && !loopback)
    .flatMap(({ iface, up, carrier }) => {
      if (!up) return [limited('interface', `interface ${iface} is down: nothing behind it can be seen`, `ip link set ${iface} up`)];
      if (carrier === false)
        return [limited('interface', `interface ${iface} has no carrier`, 'plug the cable in, or join the wireless network')];
      return [];
    });
}
