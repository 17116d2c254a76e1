import type { ScanJson } from '../../contract/index.ts';

/** Whether a scan says anything of the network. */
export const sawSomething = ({ outcome }: Pick<ScanJson, 'outcome'>): boolean => outcome === 'complete' || outcome === 'partial';
