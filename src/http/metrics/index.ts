export { createMetrics, type Metrics, type MetricsParts } from './metrics.ts';

export const METRICS_PATH = '/metrics';
