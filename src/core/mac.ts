/** A hardware address in canonical text: lower case, colons ("02:00:5e:00:53:01"). */
export type Mac = string;

const PLAIN = /^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i;

/** Canonical text of a hardware address, or undefined when the text is not one. */
export function canonicalMac(text: string): Mac | undefined {
  if (!PLAIN.test(text)) return undefined;
  const mac = text.toLowerCase().replaceAll('-', ':');
  // The null and broadcast addresses name nobody; some stacks report them for hosts they could not resolve.
  return mac === '00:00:00:00:00:00' || mac === 'ff:ff:ff:ff:ff:ff' ? undefined : mac;
}

/** Whether the address was made up by the device (locally administered bit), as phones do for privacy. */
export function isRandomizedMac(mac: Mac): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) === 2;
}
