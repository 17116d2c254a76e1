/** A packet as the library read it: it does not mind numbers that are missing, and falls over them when it answers. */
export interface ReadPacket {
  readonly cmd: string;
  readonly qos?: unknown;
  readonly messageId?: unknown;
}

/** What a broker may send to somebody who asks for QoS 0 and 1 only, and whether it has a number. */
const NUMBERED: ReadonlyMap<string, boolean> = new Map([
  ['connack', false],
  ['pingresp', false],
  ['disconnect', false],
  ['puback', true],
  ['suback', true],
  ['unsuback', true],
]);

/** Whether a packet is one that a broker sends to us. Anything else must not reach the library. */
export function isFit({ cmd, qos, messageId }: ReadPacket): boolean {
  const numbered = cmd === 'publish' ? qosNumbered(qos) : NUMBERED.get(cmd);
  if (numbered === undefined) return false;
  return !numbered || (typeof messageId === 'number' && messageId >= 1 && messageId <= 65_535);
}

const qosNumbered = (qos: unknown): boolean | undefined => (qos === 0 ? false : qos === 1 ? true : undefined);
