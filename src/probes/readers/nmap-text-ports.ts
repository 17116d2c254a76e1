import { type PortSeen, type PortState, type Protocol, type Service, TEXT_CAP, type UnlistedPorts, untrusted } from '../../core/index.ts';

/** Where the columns of a port table begin; -1 for those it does not have. */
export interface Columns {
  readonly reason: number;
  readonly version: number;
}

/** "PORT   STATE SERVICE REASON VERSION" */
export function columnsOf(line: string): Columns | null {
  if (!/^PORT\s+STATE\s+SERVICE/.test(line)) return null;
  return { reason: line.indexOf('REASON'), version: line.indexOf('VERSION') };
}

const STATES: ReadonlySet<string> = new Set(['open', 'closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered']);

/** "22/tcp open  ssh     OpenSSH 9.2p1"; null for any other line. */
export function portRow(line: string, columns: Columns): PortSeen | null {
  const match = /^(\d{1,5})\/(tcp|udp|sctp|ip)\s+(\S+)(?:\s+(\S+))?/.exec(line);
  if (match === null || !STATES.has(match[3] as string) || Number(match[1]) > 65_535) return null;
  const service = serviceOf(match[4] ?? '', columns.version === -1 ? null : line.slice(columns.version).trim());
  return { protocol: match[2] as Protocol, port: Number(match[1]), state: match[3] as PortState, service };
}

/** "ssl/http?": the tunnel, the name, and a question mark when it is only a guess. The text does not part product from version. */
function serviceOf(text: string, version: string | null): Service | null {
  const guessed = text.endsWith('?');
  const [tunnel, name] = /^ssl[/|]./.test(text) ? ['ssl', text.slice(4)] : ['', text];
  const bare = guessed ? name.slice(0, -1) : name;
  if (bare === '' || bare === 'unknown') return null;
  return {
    name: untrusted(bare),
    product: untrusted(version ?? '', TEXT_CAP.banner),
    version: untrusted(''),
    extra: untrusted(''),
    tunnel: untrusted(tunnel),
    method: version === null || guessed ? 'table' : 'probed',
  };
}

/** "Not shown: 995 closed tcp ports (reset), 3 filtered udp ports (no-response)"; older versions leave the protocol out. */
export function unlistedRows(line: string): UnlistedPorts[] {
  if (!line.startsWith('Not shown: ')) return [];
  return [...line.matchAll(/(\d+) (open\|filtered|closed\|filtered|closed|filtered|unfiltered|open)(?: (tcp|udp|sctp))? ports?/g)].map(
    ([, count, state, protocol]) => ({
      protocol: (protocol ?? 'tcp') as Protocol,
      state: state as PortState,
      count: Number(count),
      ports: null,
    }),
  );
}
