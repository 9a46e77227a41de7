/** A report as JSON, for programs. */

import type { Report } from "./model.ts";

/**
 * Renders a report as JSON, schema 1. Names and order of the fields never change within a schema.
 *
 * @param report The keys and their PC.
 * @returns JSON, indented by two blanks, with a line end.
 */
export function renderJson(report: Report): string {
  const { host, takenAt, keys } = report;
  const document = {
    schema: 1,
    takenAt,
    host: {
      name: host.name,
      domain: host.domain,
      machineId: host.machineId,
      serial: host.serial,
      model: host.model,
      os: { caption: host.os.caption, version: host.os.version, edition: host.os.edition },
    },
    keys: keys.map(({ keyId, recoveryPassword, valid, current, volume }) => ({
      keyId,
      recoveryPassword,
      valid,
      current,
      volume: {
        deviceId: volume.deviceId,
        drive: volume.drive,
        label: volume.label,
        volumeType: volume.volumeType,
        sizeBytes: volume.sizeBytes,
      },
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
