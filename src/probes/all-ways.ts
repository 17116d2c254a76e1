import type { Prober } from '../core/index.ts';
import { createArpScanProber } from './arp-scan/prober.ts';
import type { ProberOptions } from './first-use.ts';
import { readNeighbours } from './neighbours/read-neighbours.ts';
import { createNmapProber } from './nmap/prober.ts';
import { createSweepProber } from './sweep/prober.ts';
import { createSurvey } from './vantage/survey.ts';

/** All ways of looking, with one memory of this machine's networks. */
export function createAllWays(options: ProberOptions): Prober {
  const { clock, machine, sweepRate } = options;
  const survey = createSurvey(machine);
  const nmap = createNmapProber({ ...options, survey });
  const arpScan = createArpScanProber({ clock, machine, survey, ...(sweepRate === undefined ? {} : { rate: sweepRate }) });
  return createSweepProber({ clock, machine, nmap, arpScan, survey, neighbours: () => readNeighbours(machine) });
}
