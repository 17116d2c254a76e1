import type { LocalTime } from './local-time.ts';
import type { NdiffHeader } from './scan.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The one line that says which scan this is. */
export function bannerOf({ scanner, version, start, args }: NdiffHeader, zone: LocalTime): string {
  const words = [
    scanner === null || scanner === 'nmap' ? 'Nmap' : scanner,
    version,
    'scan',
    start === null ? null : `initiated ${dateText(start, zone)}`,
    args === null ? null : `as: ${args}`,
  ];
  return words.filter((word) => word !== null).join(' ');
}

/** "Tue Nov 14 22:13:20 2023": unlike nmap's own, the day has two figures. */
export function dateText(epoch: number, zone: LocalTime): string {
  const { year, month, day, hour, minute, second, weekday } = zone.civil(epoch);
  return `${WEEKDAYS[weekday]} ${MONTHS[month - 1]} ${two(day)} ${two(hour)}:${two(minute)}:${two(second)} ${year}`;
}

const two = (number: number): string => `${number}`.padStart(2, '0');
