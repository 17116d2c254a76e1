/** Wakes one address with the real waker in the namespace it is started in: MAC, interface, block. Prints what came of it as JSON. */
import { orFault, parseTarget } from '../../src/core/index.ts';
import { createWaker } from '../../src/probes/index.ts';

const [mac = '', iface = '', block = ''] = process.argv.slice(2);
const spec = orFault(parseTarget(block));
const range = spec.kind === 'ranges' ? spec.ranges[0] : undefined;
if (!range) throw new Error(`no block: ${block}`);
const told = await createWaker().wake({ mac, network: { iface, block, range, loopback: iface === 'lo' } });
process.stdout.write(JSON.stringify(told));
