import type { Broker } from './broker.ts';
import { isDiscovery, type Topics } from './topics.ts';

/** Where a mirror shows what there is. */
export interface Place {
  readonly broker: Broker;
  readonly topics: Topics;
}

/** Which topics of one place are those of another, too. Between brokers they never are: at worst what is shown there comes anew. */
export function inBoth(one: Place, other: Place): (topic: string) => boolean {
  if (!isSame(one.broker, other.broker)) return () => false;
  const sameRoot = one.topics.root === other.topics.root && one.topics.node === other.topics.node;
  const sameDiscovery = sameRoot && one.topics.discovery === other.topics.discovery;
  return (topic) => (isDiscovery(one.topics, topic) ? sameDiscovery : sameRoot);
}

/** A broker has a port for each way of speaking, and what it keeps is the same by both. */
const isSame = (one: Broker, other: Broker): boolean =>
  one.host.toLowerCase() === other.host.toLowerCase() && (one.port === other.port || one.secure !== other.secure);

/** Whether all topics of a place are among those. */
export const isAllOf = ({ status, discovery, node }: Topics, among: (topic: string) => boolean): boolean =>
  among(status) && (discovery === null || among(`${discovery}/sensor/${node}/any/config`));
