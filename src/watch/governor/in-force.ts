import type { Config } from '../../config/index.ts';
import { deviceName, guardsNothing, guardText, type Instant } from '../../core/index.ts';
import type { Roll } from '../../inventory/index.ts';
import { limitsAt } from './limits.ts';
import { putOffBy, wallText } from './put-off.ts';

/** What limits scans now, in sentences; of single targets only that they have limits of their own. */
export function limitsInForce(config: Pick<Config, 'scan' | 'guard' | 'targets'>, now: Instant): readonly string[] {
  const { scan, guard, targets } = config;
  const usual = limitsAt({ ...config, targets: [] }, { addresses: [] });
  const rate = (limit: number): string => (limit === 0 ? 'no limit of packets' : `${limit} packets/s`);
  const quiet = scan.quiet.map(({ text }) => text).join(', ');
  const hushed = putOffBy(usual, { ports: { kind: 'all' } }, now);
  const own = targets.filter(({ limits }) => limits !== undefined).map(({ spec }) => spec.text);
  return [
    `scans of ports: ${rate(scan.rate)} to a network, ${rate(scan.perHost)} to a host`,
    scan.fragile ? 'printers and devices of automation are asked like any other' : 'printers and devices of automation are asked gently',
    ...(quiet === '' ? [] : [`quiet hours (${usual.quiet.zone}): ${quiet}`]),
    ...(hushed === null ? [] : [`quiet now, until ${wallText(hushed.until, usual.quiet.zone)}`]),
    ...(guardsNothing(guard) ? [] : [`guard: ${guardText(guard)}`]),
    ...(own.length === 0
      ? []
      : [`with limits of their own: ${own.slice(0, 10).join(', ')}${own.length > 10 ? ` and ${own.length - 10} more` : ''}`]),
  ];
}

/** Devices that a person has to look at before they are asked again. */
export function leftAlone({ devices }: Pick<Roll, 'devices'>): readonly string[] {
  return [...devices.values()].flatMap((device) => {
    const { harmed } = device.labels;
    if (harmed === null) return [];
    const name = deviceName(device);
    const who = name === null ? `device #${device.id}` : `${name} (#${device.id})`;
    return [
      `${who} is left alone since it fell silent under scan ${harmed}: "rollcall device release ${device.id}" lets it be asked again`,
    ];
  });
}
