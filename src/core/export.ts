/** Forms a scan can be handed out in: nmap's XML as it was kept, JSON, CSV, and nmap's grepable and normal text. */
export const EXPORT_FORMATS = ['xml', 'json', 'csv', 'grepable', 'normal'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
