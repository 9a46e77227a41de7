/**
 * The drives of an invented family, as Windows would show them. IDs and keys are made up; the keys pass their
 * checksum and open nothing.
 */

/** A protector in the form of the snapshot's contract. */
export interface ProtectorDocument {
  readonly id: string;
  readonly type: number;
  readonly friendlyName: string;
  readonly recoveryPassword: string | null;
}

/** A volume in that form. */
export interface VolumeDocument {
  readonly deviceId: string;
  readonly persistentVolumeId: string;
  readonly drive: string;
  readonly label: string | null;
  readonly volumeType: number;
  readonly sizeBytes: number;
  readonly protectionStatus: number;
  readonly conversionStatus: number;
  readonly encryptionPercentage: number;
  readonly encryptionMethod: number;
  readonly lockStatus: number;
  readonly suspendCount: number | null;
  readonly mountPaths: readonly string[];
  readonly protectors: readonly ProtectorDocument[];
  readonly errors: readonly never[];
}

/** A PC in that form. */
export interface HostDocument {
  readonly name: string;
  readonly domain: null;
  readonly machineId: string;
  readonly serial: string;
  readonly model: string;
  readonly os: { readonly caption: string; readonly version: string; readonly edition: string };
}

/** Anna's laptop: Windows Home, encrypted by itself ("device encryption"). */
export const ANNAS_LAPTOP: HostDocument = {
  name: "ANNA-LAPTOP",
  domain: null,
  machineId: "6a1efb9c-b79f-4bd5-92ab-88c909585d1f",
  serial: "DEMO-0001",
  model: "Laptop 14",
  os: { caption: "Microsoft Windows 11 Home", version: "10.0.26100", edition: "Core" },
};

/** Tom's PC: Windows Pro, BitLocker turned on by hand. */
export const TOMS_PC: HostDocument = {
  name: "TOMS-PC",
  domain: null,
  machineId: "1ee837f4-c9d7-46ba-9d3d-511ca1e8945b",
  serial: "DEMO-0002",
  model: "Desktop Tower",
  os: { caption: "Microsoft Windows 11 Pro", version: "10.0.26100", edition: "Professional" },
};

/** Numbers of Win32_EncryptableVolume.GetKeyProtectorType. */
const TPM = 1, EXTERNAL_KEY = 2, RECOVERY_PASSWORD = 3, PASSWORD = 8;

function other(type: number, id: string): ProtectorDocument {
  return { id: `{${id}}`, type, friendlyName: "", recoveryPassword: null };
}

function key(id: string, recoveryPassword: string): ProtectorDocument {
  return { id: `{${id}}`, type: RECOVERY_PASSWORD, friendlyName: "", recoveryPassword };
}

/** What is alike on all drives: XTS-AES 128, protected, unlocked. */
const ENCRYPTED = {
  label: null,
  protectionStatus: 1,
  conversionStatus: 1,
  encryptionPercentage: 100,
  encryptionMethod: 6,
  lockStatus: 0,
  suspendCount: null,
  errors: [],
} as const;

/** Drive C: of Anna's laptop as she bought it. */
export const ANNAS_DRIVE: VolumeDocument = {
  ...ENCRYPTED,
  deviceId: "\\\\?\\Volume{b7a95a47-d309-404a-8c7b-2afd91a7297e}\\",
  persistentVolumeId: "{C552EB0D-81BC-4F30-8619-D3F275B7101E}",
  drive: "C:",
  volumeType: 0,
  sizeBytes: 510_770_802_688,
  mountPaths: ["C:\\"],
  protectors: [
    other(TPM, "E95A069E-B822-4495-AF16-E2B152AA3ABC"),
    key("6FC62D5D-CF3E-4FD3-9F6B-F54EA18CCBA2", "249854-004928-064196-198671-670659-705903-234575-631961"),
  ],
};

/** The same while an update has its protection suspended. */
export const ANNAS_DRIVE_SUSPENDED: VolumeDocument = { ...ANNAS_DRIVE, protectionStatus: 0, suspendCount: 1 };

/** Drive C: after Windows was installed anew: another volume, another key. */
export const ANNAS_NEW_DRIVE: VolumeDocument = {
  ...ANNAS_DRIVE,
  deviceId: "\\\\?\\Volume{68a4d389-bfa8-4b61-b7fe-688bcc2a8fd7}\\",
  persistentVolumeId: "{D942CDE1-A229-49EE-872B-4812D5702984}",
  protectors: [
    other(TPM, "287C5647-2FB7-4D10-868E-2CB461D48609"),
    key("C04676C4-161B-4DFB-9629-8624A40C7D1E", "612106-355091-109285-001507-083303-204182-653136-420266"),
  ],
};

/** Drive C: of Tom's PC. */
export const TOMS_DRIVE: VolumeDocument = {
  ...ENCRYPTED,
  deviceId: "\\\\?\\Volume{f8486441-fdd5-4cf0-8ab1-e0842f46694c}\\",
  persistentVolumeId: "{67CC2F5F-E38B-4BDE-8CA3-3B288C5AAA5F}",
  drive: "C:",
  volumeType: 0,
  sizeBytes: 1_000_186_310_656,
  mountPaths: ["C:\\"],
  protectors: [
    other(TPM, "02BCD0CC-3139-411C-93C6-043BCBC8C5FF"),
    key("1948CD75-045E-4ABA-9971-EFAAF4AF1929", "039094-508200-361372-104621-109054-366278-236060-648769"),
  ],
};

/** Tom's data drive, encrypted with a password alone. */
export const PHOTOS_WITHOUT_KEY: VolumeDocument = {
  ...ENCRYPTED,
  deviceId: "\\\\?\\Volume{09986c17-2bff-4339-a49d-9ae92603bfb2}\\",
  persistentVolumeId: "{912C8E8F-EDBD-45F4-B1F5-B2ED73CFE067}",
  drive: "D:",
  label: "Photos",
  volumeType: 1,
  sizeBytes: 2_000_381_014_016,
  mountPaths: ["D:\\"],
  protectors: [
    other(PASSWORD, "14CF4056-8F2D-4518-BF6E-4AF163892334"),
    other(EXTERNAL_KEY, "1AF9F85D-ACF8-4813-84FE-350CE487FF00"),
  ],
};

/** The same before it was encrypted. */
export const PHOTOS_PLAIN: VolumeDocument = {
  ...PHOTOS_WITHOUT_KEY,
  protectionStatus: 0,
  conversionStatus: 0,
  encryptionPercentage: 0,
  encryptionMethod: 0,
  protectors: [],
};

/** And once it has a recovery key. */
export const PHOTOS: VolumeDocument = {
  ...PHOTOS_WITHOUT_KEY,
  protectors: [
    ...PHOTOS_WITHOUT_KEY.protectors,
    key("02487D26-1E10-4E9F-86C7-6E86BB80B0FA", "465465-328559-373835-381458-388058-524557-201608-483307"),
  ],
};

/** Tom's USB stick. */
export const STICK: VolumeDocument = {
  ...ENCRYPTED,
  deviceId: "\\\\?\\Volume{73b3f371-ff2b-4cad-b880-319374ade1fe}\\",
  persistentVolumeId: "{A1B6F5D2-7C1D-4A0E-9B3C-52D7C6E4F810}",
  drive: "E:",
  label: "Travel",
  volumeType: 2,
  sizeBytes: 62_008_590_336,
  mountPaths: ["E:\\"],
  protectors: [
    other(PASSWORD, "3D0C9E57-64A8-4E1B-8F22-0B7C91D5A6E3"),
    key("8B52E0F1-94C7-4D36-A8E5-17F3C06D2B94", "043681-434313-063382-218966-039138-409596-673090-579348"),
  ],
};
