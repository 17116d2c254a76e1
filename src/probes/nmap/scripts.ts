import type { ScriptChoice } from '../../core/index.ts';

/**
 * Who a service is: SSH host keys, by which a device is known again under any address; the certificate; title and server of a
 * front page. All four ask what any client asks, and change nothing.
 */
const IDENTITY = ['ssh-hostkey', 'ssl-cert', 'http-title', 'http-server-header'] as const;

/**
 * What else services tell to anybody: NSE scripts that nmap counts as safe and default, and that only read one answer of the
 * port they are run against. Left out of those: whatever tries to sign in or to change something (ftp-anon, ftp-bounce,
 * http-cors, http-methods, x11-access), lists content or people (afp, finger, http-ls, snmp-*, mongodb-databases), asks a whole
 * network or a third party (broadcast, dns, quake3, ip-https), upsets old Windows (smb-*, samr) or devices of automation.
 */
const SAFE = [
  ...IDENTITY,
  'amqp-info',
  'ftp-syst',
  'http-favicon',
  'http-generator',
  'imap-capabilities',
  'mysql-info',
  'pop3-capabilities',
  'rtsp-methods',
  'smtp-commands',
  'sstp-discover',
  'tls-alpn',
  'vnc-info',
] as const;

/** Every script that may ever be run. */
export const SCRIPTS: Readonly<Record<ScriptChoice, readonly string[]>> = { identity: IDENTITY, safe: SAFE };

/** Some small servers leave a script waiting for a minute. */
const PATIENCE = '15s';

/** The arguments that run them; whatever is no choice we know runs those of `identity`. */
export function scriptArgs(choice: ScriptChoice = 'identity'): string[] {
  const names = SCRIPTS[choice === 'safe' ? 'safe' : 'identity'];
  return ['--script', names.join(','), '--script-args', 'ssh_hostkey=sha256', '--script-timeout', PATIENCE];
}
