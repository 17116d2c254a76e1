/** Sends a signal to a whole process group; silently nothing when it is gone already. */
export function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // Gone already: that is what was wanted.
  }
}
