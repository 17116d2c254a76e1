const KEPT = 'rollcall.devices.view';

/** The view that this browser opens the page with; null: as usual. */
export function usualView(): number | null {
  const kept = Number(localStorage.getItem(KEPT));
  return Number.isSafeInteger(kept) && kept > 0 ? kept : null;
}

export function keepUsual(id: number | null): void {
  if (id === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, String(id));
}
