/** Whether a dotted version is older than another: part by part, as numbers ("7.9" is older than "7.80"; betas count as their number). */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0)) as [number[], number[]];
  const differs = b.findIndex((part, i) => part !== (a[i] ?? 0));
  return differs !== -1 && (a[differs] ?? 0) < (b[differs] as number);
}
