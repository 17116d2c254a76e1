/** Reads what nmap writes as a number; null for nothing and for anything else. */
export function readNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null;
}

/** How many of something there are; null for nothing and for anything else. */
export function readCount(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A port or protocol number, 0 to 65535. */
export function readPort(text: string | null): number | null {
  const port = text !== null && /^\d{1,5}$/.test(text) ? Number(text) : null;
  return port !== null && port <= 65535 ? port : null;
}
