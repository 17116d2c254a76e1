import type { Served } from './thing.ts';

const NOTHING: Omit<Served, 'port' | 'name'> = {
  protocol: 'tcp',
  product: '',
  version: '',
  extra: '',
  key: null,
  certificate: null,
  title: null,
  server: null,
};

type More = Partial<Omit<Served, 'port' | 'name'>>;

/** Any service: what is left out it does not show. */
export const serving = (port: number, name: string, more: More = {}): Served => ({ ...NOTHING, port, name, ...more });

export const ssh = (key: string, version = '9.2p1 Debian 2+deb12u3', port = 22): Served =>
  serving(port, 'ssh', { product: 'OpenSSH', version, extra: 'protocol 2.0', key });

export const web = (title: string, more: More & { readonly port?: number } = {}): Served => {
  const { port = 80, ...rest } = more;
  return serving(port, 'http', { title, product: 'nginx', version: '1.26.2', server: 'nginx', ...rest });
};

/** The same through TLS, with a certificate that runs so many days from the end of the story on. */
export const secure = (title: string, name: string, more: More & { readonly port?: number; readonly days?: number } = {}): Served => {
  const { port = 443, days = 240, ...rest } = more;
  return web(title, { port, certificate: { name, issuer: null, days }, ...rest });
};

export const files = (version = '4.17.12-Debian'): readonly Served[] => [
  serving(139, 'netbios-ssn', { product: 'Samba smbd', version }),
  serving(445, 'microsoft-ds', { product: 'Samba smbd', version }),
];

export const printing = (title: string): readonly Served[] => [
  web(title, { product: 'HP LaserJet http config', version: '', server: 'HP HTTP Server' }),
  serving(515, 'printer'),
  serving(631, 'ipp', { product: 'CUPS', version: '2.3' }),
  serving(9100, 'jetdirect'),
];

export const camera = (model: string): readonly Served[] => [
  web(model, { product: 'Hikvision webs', version: '', server: 'webs' }),
  serving(554, 'rtsp', { product: `${model} rtspd` }),
];

export const naming = (version = '2.90'): Served => serving(53, 'domain', { product: 'dnsmasq', version });
