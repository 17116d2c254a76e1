import { type HistoryFile, type HistoryOptions, untrusted } from '../../src/core/index.ts';
import { AT } from './device.ts';

/** A file of history out of text, or of bytes, cut into chunks. */
export function historyFile(name: string, content: string | Uint8Array, chunk: number = 1 << 16): HistoryFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name: untrusted(name),
    bytes: (async function* () {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    })(),
  };
}

export const historyOptions = (fields: Partial<HistoryOptions> = {}): HistoryOptions => ({
  from: null,
  zone: 'UTC',
  covers: null,
  now: AT,
  ...fields,
});

/** A row of the presence monitor's table: who, where, from when to when. */
export interface MonitorRow {
  readonly mac: string;
  readonly ip: string;
  readonly from: number;
  readonly to: number;
  readonly vendor?: string | null;
}

const sqlText = (text: string | null): string =>
  text === null ? 'NULL' : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\0', '\\0')}'`;
export const sqlTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/**
 * What `mysqldump network_monitor nm_device_events` writes: the schema is that of the program's init.sql as MySQL 8 shows
 * it again, the frame that of mysqldump 8.0, which turns timestamps into UTC and says so.
 */
export function monitorDump(rows: readonly MonitorRow[], { zone = "'+00:00'", perInsert = 100 } = {}): string {
  const values = rows.map(
    ({ mac, ip, from, to, vendor = 'Example' }, i) =>
      `(${i + 1},${sqlText(mac)},${sqlText(vendor)},${sqlText(ip)},${sqlText(sqlTime(from))},${sqlText(sqlTime(to))})`,
  );
  const inserts: string[] = [];
  for (let at = 0; at < values.length; at += perInsert)
    inserts.push(`INSERT INTO \`nm_device_events\` VALUES ${values.slice(at, at + perInsert).join(',')};\n`);
  const zoned = zone === '' ? '' : `/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;\n/*!40103 SET TIME_ZONE=${zone} */;\n`;
  return `-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: network_monitor
-- ------------------------------------------------------
-- Server version\t8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
${zoned}
DROP TABLE IF EXISTS \`nm_device_events\`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE \`nm_device_events\` (
  \`id\` int NOT NULL AUTO_INCREMENT,
  \`mac\` varchar(17) NOT NULL,
  \`vendor\` varchar(64) DEFAULT NULL,
  \`ip\` varchar(15) NOT NULL,
  \`connected_at\` timestamp NULL DEFAULT NULL,
  \`last_seen_at\` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (\`id\`)
) ENGINE=InnoDB AUTO_INCREMENT=${rows.length + 1} DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;

LOCK TABLES \`nm_device_events\` WRITE;
/*!40000 ALTER TABLE \`nm_device_events\` DISABLE KEYS */;
${inserts.join('')}/*!40000 ALTER TABLE \`nm_device_events\` ENABLE KEYS */;
UNLOCK TABLES;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

-- Dump completed on 2026-01-04 12:00:00
`;
}
