import type { Sink } from '../world.ts';

export interface Step {
  /** 0..1; null while nobody can say. */
  readonly done: number | null;
  readonly secondsLeft: number | null;
  /** What was found so far: "12 hosts". */
  readonly found: string;
}

/** Shows how far something long has come. */
export interface Progress {
  step(step: Step): void;
  /** Clears the way for the result. */
  end(): void;
}

const SILENT: Progress = { step: () => {}, end: () => {} };

/** A bar that redraws itself on a terminal, plain lines elsewhere, nothing with --quiet. `label` must be our own words. */
export function progressOn(sink: Sink, label: string, { quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Progress {
  if (quiet) return SILENT;
  if (sink.isTTY === true) return bar(sink, label);
  // Who asked for JSON into a file or pipe does not read along.
  return json ? SILENT : lines(sink, label);
}

function bar(sink: Sink, label: string): Progress {
  return {
    step(step) {
      const room = Math.max(1, (sink.columns || 80) - 1);
      const words = `${label} ${percent(step.done)} ${rest(step)}`;
      const length = Math.min(30, room - words.length - 3);
      const drawn = length >= 5 ? `${label} [${drawing(step.done ?? 0, length)}] ${percent(step.done)} ${rest(step)}` : words;
      sink.write(`\r\u001b[K${drawn.slice(0, room)}`);
    },
    end: () => void sink.write('\r\u001b[K'),
  };
}

function lines(sink: Sink, label: string): Progress {
  let told = -1;
  return {
    step(step) {
      const tenth = Math.floor((step.done ?? 0) * 10);
      if (tenth <= told) return;
      told = tenth;
      sink.write(`${label} ${percent(step.done)} ${rest(step)}\n`);
    },
    end: () => {},
  };
}

const drawing = (done: number, length: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, done)) * length);
  return '#'.repeat(full) + '-'.repeat(length - full);
};

const percent = (done: number | null): string => (done === null ? '  ? %' : `${String(Math.floor(done * 100)).padStart(3)} %`);

const rest = ({ secondsLeft, found }: Step): string => (secondsLeft === null ? found : `${found}, ${left(secondsLeft)} left`);

function left(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
