import type { EchoFacts } from '../jobs.ts';

/** All nodes of a link (RFC 4291). */
const EVERYBODY = 'ff02::1';

/** The arguments of one ping. The interface stands for its link-local address. */
export function echoArgv({ iface, source }: EchoFacts): string[] {
  return ['-6', '-n', '-c', '2', '-i', '0.3', '-W', '1', '-w', '2', '-I', source ?? iface, `${EVERYBODY}%${iface}`];
}
