import type { Device } from '../../core/index.ts';
import type { Family } from './family.ts';

/** Whoever has more ports open than this is a tarpit, or behind one. */
const CREDIBLE = 200;

function openPorts({ ports }: Device): readonly string[] {
  const open = ports.flatMap(({ protocol, port, state }) => (state === 'open' ? [`port ${port}/${protocol}`] : []));
  return open.length > CREDIBLE ? [] : open;
}

/** Ports that few other kinds of device have open. */
export const OPEN_PORTS: Family = {
  says: 'open is',
  of: openPorts,
  rules: [
    [/ 9100\/tcp/, 'printer', 0.75],
    [/ (?:515|631)\/tcp/, 'printer', 0.4],
    [/ 62078\/tcp/, 'phone', 0.85], // Apple's sync
    [/ 554\/tcp/, 'camera', 0.5],
    [/ (?:37777|34567|8899)\/tcp/, 'camera', 0.75], // Dahua, XiongMai
    [/ 500[01]\/tcp/, 'nas', 0.3], // Synology's desktop, UPnP and others
    [/ (?:548|2049|873)\/tcp/, 'nas', 0.35],
    [/ 800[89]\/tcp/, 'tv', 0.45], // Google Cast
    [/ (?:8060|3000|3001|8001|8002)\/tcp/, 'tv', 0.25],
    [/ 1400\/tcp/, 'speaker', 0.7], // Sonos
    [/ (?:6668|9999)\/tcp/, 'plug', 0.45], // Tuya, Kasa
    [/ 55443\/tcp/, 'light', 0.75], // Yeelight
    [/ 6053\/tcp/, 'sensor', 0.6], // ESPHome
    [/ (?:9295|987)\/(?:tcp|udp)/, 'console', 0.6], // PlayStation
    [/ 8291\/tcp/, 'router', 0.8], // RouterOS
    [/ (?:179|1900|67)\/(?:tcp|udp)/, 'router', 0.3],
    [/ 3389\/tcp/, 'desktop', 0.5],
    [/ (?:5900|5357)\/tcp/, 'desktop', 0.35],
    [/ (?:3306|5432|6379|27017|9200|1521)\/tcp/, 'server', 0.55],
    [/ (?:8006|6443|8123|32400|2375|2376|9090)\/tcp/, 'server', 0.6], // Proxmox, Kubernetes, Home Assistant, Plex, Docker
    [/ (?:25|143|993|389|636|88)\/tcp/, 'server', 0.45],
  ],
};
