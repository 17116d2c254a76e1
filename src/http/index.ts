/**
 * http: the contract over TCP and over a unix socket, numbers for Prometheus, the built files of the dashboard, and everything that keeps strangers out.
 * Never: an answer of its own making; what is true comes from api, and HTML from the build.
 */
export { createDoor, type Door, type DoorLog, type DoorOptions } from './door.ts';
export type { TcpAddress, TcpOrder } from './listen-tcp.ts';
export { createMetrics, type Metrics } from './metrics/index.ts';
export type { OidcOptions } from './oidc/index.ts';
