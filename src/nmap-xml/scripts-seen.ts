import { type ScriptSeen, untrusted, untrustedLines } from '../core/index.ts';
import { asProtocol } from './observed-ports.ts';
import type { XmlHost, XmlScript } from './xml-host.ts';

/** What scripts printed about a host and its ports, cleaned and capped. Of a host that nmap gave up on nothing is kept. */
export function scriptsOf(host: XmlHost): ScriptSeen[] {
  if (host.timedOut) return [];
  const ofPorts = host.ports.flatMap(({ protocol: text, portid, scripts }) => {
    const protocol = asProtocol(text);
    return protocol === null ? [] : scripts.map((script) => scriptSeen(script, { protocol, port: portid }));
  });
  return [...host.scripts.map((script) => scriptSeen(script, null)), ...ofPorts];
}

function scriptSeen({ id, output }: XmlScript, port: ScriptSeen['port']): ScriptSeen {
  return { port, id: untrusted(id), output: untrustedLines(output) };
}
