const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** A length of time in its two largest units: "3d 4h", "12m 5s"; milliseconds in. */
export function lengthText(length: number): string {
  let rest = Math.max(0, Math.round(length / 1000));
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first < 0) return '0s';
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ');
}
