/**
 * Scripts that print nothing but a clock, a counter or a measurement: two runs differ although nothing changed. Others
 * that print one among lasting things are compared without that line.
 */
export const VOLATILE_SCRIPTS: ReadonlySet<string> = new Set([
  // Clocks, and how far they are off.
  'clock-skew',
  'daytime',
  'http-date',
  'rfc868-time',
  'smb2-time',
  'ssl-date',
  // Round-trip times, temperatures, where a receiver stands just now, who asked the time lately.
  'gpsd-info',
  'hddtemp-info',
  'ntp-monlist',
  'qscan',
]);

/**
 * Lines of other scripts that are a clock, a counter, or made up anew for each caller: ntp-info, smb-os-discovery,
 * rdp-ntlm-info, http-headers, snmp-sysdescr, snmp-info, snmp-interfaces, memcached-info, bitcoin-info, mysql-info.
 */
const VOLATILE_LINES =
  /^[ \t|_]*(?:date|receive time stamp|system[ _]time|server time|timestamp|(?:system )?uptime|snmpEngineTime|traffic stats|used cpu \(\w+\)|current connections|total connections|thread id|salt)[ \t]*[:=].*$/gim;

export function withoutVolatileLines(output: string): string {
  return output.replace(VOLATILE_LINES, '');
}

/** A line about how long something is valid. */
const VALIDITY = /expir|valid|not[ _](?:after|before)|certificate|days?[ _-]?(?:left|remaining|until|to go)/i;
/** "41 days", "41 more days", testssl's "73 >= 60 days"; never "3d", which is hexadecimal as often as not. */
const BEFORE_DAYS = /\b\d+(?=(?: ?(?:>=|>|<=|<) ?\d+)?[ \t]?(?:more )?days?\b)/gi;
/** "days left: 41", "days_until_expiry = 41", testssl's "expires < 60 days (41)". */
const AFTER_DAYS = /(?<=\bdays?(?:[ _-]?(?:left|remaining|until|till|to)[\w -]{0,20})?(?:[ \t]?[:=][ \t]?| \())-?\d+\b/gi;

/** The text without the number of days that certificates have left or are over. Dates stay. */
export function withoutCertificateDays(output: string): string {
  const lines = output.split('\n');
  return lines.map((line) => (VALIDITY.test(line) ? withoutDays(line) : line)).join('\n');
}

function withoutDays(line: string): string {
  return line
    .replace(BEFORE_DAYS, '#')
    .replace(AFTER_DAYS, '#')
    .replace(/# day\b/g, '# days');
}
