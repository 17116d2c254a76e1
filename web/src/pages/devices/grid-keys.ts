/** Where a key leads in a list of rows; null: it leads nowhere. `index` is -1 while no row is the active one. */
export function rowFrom(
  key: string,
  { index, count, page }: { readonly index: number; readonly count: number; readonly page: number },
): number | null {
  if (count === 0) return null;
  const step = stepOf(key, { index, count, page });
  if (step === null) return null;
  if (index < 0 && key === 'ArrowDown') return 0;
  return Math.min(count - 1, Math.max(0, Math.max(0, index) + step));
}

function stepOf(
  key: string,
  { index, count, page }: { readonly index: number; readonly count: number; readonly page: number },
): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return Math.max(1, page);
    case 'PageUp':
      return -Math.max(1, page);
    case 'Home':
      return -count;
    case 'End':
      return count - Math.max(0, index);
    default:
      return null;
  }
}
