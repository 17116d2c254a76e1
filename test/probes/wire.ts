import { execFileSync } from 'node:child_process';

/**
 * Two network namespaces with a wire (veth) between them: "here", where the probe stands as 10.77.0.1 and fd77::1 on
 * interface va, and "there", which answers as 10.77.0.2, 10.77.0.9 and fd77::2. Nothing leads out of the two.
 */
export interface Wire {
  /** Words to put before a command that is to run here. */
  readonly here: readonly string[];
  /** The hardware address of there. */
  readonly mac: string;
  /** The hardware address of here. */
  readonly ownMac: string;
  /** ip(8) in either namespace. */
  ipHere(...args: string[]): void;
  ipThere(...args: string[]): void;
  /** A second wire (vc, 10.78.0.1 to 10.78.0.2) with the default route through it. */
  addDetour(): void;
  remove(): void;
}

let count = 0;

export function layWire(): Wire {
  const id = `${process.pid}-${++count}`;
  const [here, there] = [`rc-here-${id}`, `rc-there-${id}`];
  const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const remove = (): void => {
    for (const name of [here, there]) {
      try {
        ip('netns', 'del', name);
      } catch {
        // It was never made, or is gone already.
      }
    }
  };
  try {
    for (const name of [here, there]) {
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    ip('link', 'add', 'va', 'netns', here, 'type', 'veth', 'peer', 'name', 'vb', 'netns', there);
    address(ip, here, 'va', ['10.77.0.1/24', 'fd77::1/64']);
    address(ip, there, 'vb', ['10.77.0.2/24', '10.77.0.9/24', 'fd77::2/64']);
  } catch (reason) {
    remove();
    throw reason;
  }
  return {
    here: ['ip', 'netns', 'exec', here],
    mac: macOf(ip('-n', there, 'link', 'show', 'vb')),
    ownMac: macOf(ip('-n', here, 'link', 'show', 'va')),
    ipHere: (...args) => void ip('-n', here, ...args),
    ipThere: (...args) => void ip('-n', there, ...args),
    addDetour() {
      ip('link', 'add', 'vc', 'netns', here, 'type', 'veth', 'peer', 'name', 'vd', 'netns', there);
      address(ip, here, 'vc', ['10.78.0.1/24']);
      address(ip, there, 'vd', ['10.78.0.2/24']);
      ip('-n', here, 'route', 'add', 'default', 'via', '10.78.0.2');
    },
    remove,
  };
}

function address(ip: (...args: string[]) => string, name: string, iface: string, blocks: readonly string[]): void {
  ip('-n', name, 'link', 'set', iface, 'up');
  for (const block of blocks) ip('-n', name, 'addr', 'add', block, 'dev', iface, ...(block.includes(':') ? ['nodad'] : []));
}

const macOf = (shown: string): string => /link\/ether (\S+)/.exec(shown)?.[1] ?? '';
