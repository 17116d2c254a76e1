import { compareNumbers, isUnlisted } from '../compare-hosts.ts';
import type { NdiffAddress, NdiffHost, NdiffPort, NdiffScript, NdiffService } from '../scan.ts';
import { element, unlessEmpty } from './element.ts';

/** The parts of a scan as nmap's own elements. */

export const joined = <T>(things: readonly T[], write: (thing: T) => string): string => things.map(write).join('');

export const statusElement = (state: string | null): string => element('status', { state });
export const addressElement = ({ type, text }: NdiffAddress): string => element('address', { addr: text, addrtype: type });
export const hostnameElement = (name: string): string => element('hostname', { name });
export const osmatchElement = (name: string): string => element('osmatch', { name });
export const stateElement = (state: string | null): string => (state === null ? '' : element('state', { state }));
export const scriptElement = ({ id, output }: NdiffScript): string => element('script', { id, output });

/** Nothing when nothing is known of the service. */
export function serviceElement({ name, product, version, extrainfo, tunnel }: NdiffService): string {
  const attributes = { name, product, version, extrainfo, tunnel };
  return Object.values(attributes).every((value) => value === null) ? '' : element('service', attributes);
}

export const extraportsElements = ({ extraports }: NdiffHost): string =>
  joined([...extraports], ([state, count]) => element('extraports', { state: state ?? '', count }));

export function portElement({ number, protocol }: NdiffPort, content: string): string {
  return element('port', { portid: number, protocol }, content);
}

/** A port as one scan has it; of a missing one only its number. */
export function wholePort(port: NdiffPort): string {
  return portElement(port, stateElement(port.state) + serviceElement(port.service) + joined(port.scripts, scriptElement));
}

/** A host as one scan has it, its lists in the order of the document. */
export function wholeHost(host: NdiffHost): string {
  const listed = [...host.ports.values()].filter((port) => !isUnlisted(port, host)).sort(compareNumbers);
  return element(
    'host',
    {},
    statusElement(host.state) +
      joined(host.addresses, addressElement) +
      unlessEmpty('hostnames', joined(host.hostnames, hostnameElement)) +
      unlessEmpty('ports', extraportsElements(host) + joined(listed, wholePort)) +
      unlessEmpty('os', joined(host.os, osmatchElement)) +
      unlessEmpty('hostscript', joined(host.scripts, scriptElement)),
  );
}
