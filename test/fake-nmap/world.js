// A small world that changes by itself: what stands at an address is a function of the address and the moment.

/** How long one scene lasts, in milliseconds. */
const SCENE = 20_000;

const KINDS = [
  {
    vendor: 'Raspberry Pi Foundation',
    prefix: 'B8:27:EB',
    services: { 22: ['ssh', 'OpenSSH', '9.2p1'], 1883: ['mqtt', 'Mosquitto', '2.0.11'] },
  },
  {
    vendor: 'Synology Incorporated',
    prefix: '00:11:32',
    services: { 22: ['ssh', 'OpenSSH', '8.2'], 445: ['microsoft-ds', 'Samba smbd', '4.15'], 5000: ['http', 'nginx', '1.22.1'] },
  },
  {
    vendor: 'Brother industries',
    prefix: '00:1B:A9',
    services: { 80: ['http', 'Debut embedded httpd', '1.30'], 9100: ['jetdirect', '', ''] },
  },
  { vendor: 'Apple', prefix: 'F0:18:98', services: {} },
];

/** Who is at the last octet of an address; undefined for nobody. Host 1 never leaves. */
export function hostAt(octet, now) {
  if (octet < 1 || octet > 14) return undefined;
  const scene = Math.floor(now / SCENE);
  const away = octet > 1 && (Math.floor(scene / (1 + (octet % 4))) + octet) % 5 === 0;
  if (away) return undefined;
  const kind = KINDS[octet % KINDS.length];
  return {
    vendor: kind.vendor,
    mac: `${kind.prefix}:00:00:${octet.toString(16).padStart(2, '0').toUpperCase()}`,
    services: servicesAt(kind, octet, scene),
  };
}

/** A web server that is there in every other scene, besides what the device always serves. */
function servicesAt(kind, octet, scene) {
  const sometimes = (scene + octet) % 2 === 0 ? { 8080: ['http-proxy', 'Jetty', '9.4'] } : {};
  return { ...kind.services, ...sometimes };
}
