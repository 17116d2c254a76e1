import type { ExchangeLine } from '../../core/index.ts';

type Told = (about: { readonly tnx?: string } | undefined, text: string, ...rest: readonly unknown[]) => void;

/** What nodemailer tells of a conversation, line by line. It leaves passwords out itself; who listens takes them out once more. */
export function loggerFor(overhear: (line: ExchangeLine) => void) {
  const tell: Told = (about, text) => {
    const from = about?.tnx === 'client' || about?.tnx === 'message' ? 'us' : about?.tnx === 'server' ? 'them' : null;
    if (from !== null) overhear({ from, text });
  };
  return { level: () => {}, trace: tell, debug: tell, info: tell, warn: tell, error: tell, fatal: tell };
}
