export { type FreshPair, keepFresh, type TlsLog, tellDoubts } from './fresh-pair.ts';
export { OLDEST_TLS, type Pair, type PairFiles, readPair } from './pair.ts';
