import type { JsonObject } from "../../lib/json.ts";
import { profileLimits } from "../charging/profile-reader.ts";
import { measurable } from "../energy/measurands.ts";
import type { Knobs, Machine } from "../model.ts";
import { applyAfterRestart, listOf, readSetting, type Setting, writeSetting } from "../settings.ts";

/** The configuration keys of a 1.6 station (1.6 chapter 9, and the security extension). */
export type Configuration = {
  get(keys: string[]): JsonObject;
  change(key: string, value: string): "Accepted" | "Rejected" | "RebootRequired" | "NotSupported";
  /** Sets what only the station itself may. */
  put(key: string, value: string): void;
  list(key: string): string[];
  text(key: string): string;
  knobs(): Knobs;
  restarted(): void;
};

export const listLimits = { entries: 100, perMessage: 50 } as const;
const mostKeys = 100;

/** Makes the keys with their values as delivered. */
export function createConfiguration(machine: Machine): Configuration {
  const settings = new Map<string, Setting & { name: string }>();
  const add = (name: string, setting: Setting) => settings.set(name.toLowerCase(), { ...setting, name });
  for (const [name, setting] of Object.entries(standardKeys(machine))) add(name, setting);

  const read = (key: string) => {
    const setting = settings.get(key.toLowerCase());
    if (!setting) throw new Error(`no configuration key ${key}`);
    return readSetting(setting);
  };
  const seconds = (key: string) => Number(read(key));
  const on = (key: string) => read(key) === "true";

  return {
    get(keys) {
      const asked = [...new Set(keys)];
      const found =
        asked.length === 0 ? [...settings.values()] : asked.flatMap((key) => settings.get(key.toLowerCase()) ?? []);
      const unknown = asked.filter((key) => !settings.has(key.toLowerCase()));
      return {
        configurationKey: found.map((setting) => ({
          key: setting.name,
          readonly: setting.access === "read",
          // A key that can only be written is listed without its value (1.6 security white paper, A01).
          ...(setting.access === "write" ? {} : { value: readSetting(setting) }),
        })),
        ...(unknown.length > 0 ? { unknownKey: unknown } : {}),
      };
    },
    change(key, value) {
      const setting = settings.get(key.toLowerCase());
      if (!setting) return "NotSupported";
      const done = writeSetting(setting, value);
      if (done.result === "rejected") {
        machine.log(`configuration ${setting.name} refused: ${done.why}`);
        return "Rejected";
      }
      return done.result === "reboot" ? "RebootRequired" : "Accepted";
    },
    put(key, value) {
      const setting = settings.get(key.toLowerCase());
      if (setting) setting.value = value;
    },
    list: (key) => listOf(read(key)),
    text: read,
    restarted: () => applyAfterRestart(settings.values()),
    knobs: () => ({
      heartbeatSeconds: seconds("HeartbeatInterval"),
      sampleSeconds: seconds("MeterValueSampleInterval"),
      alignedSeconds: seconds("ClockAlignedDataInterval"),
      connectionTimeoutSeconds: seconds("ConnectionTimeOut"),
      authorizeRemote: on("AuthorizeRemoteTxRequests"),
      localPreAuthorize: on("LocalPreAuthorize"),
      localAuthorizeOffline: on("LocalAuthorizeOffline"),
      unknownOffline: on("AllowOfflineTxForUnknownId"),
      listEnabled: on("LocalAuthListEnabled"),
      cacheEnabled: on("AuthorizationCacheEnabled"),
      stopOnInvalid: on("StopTransactionOnInvalidId"),
      stopOnUnplug: on("StopTransactionOnEVSideDisconnect"),
      attempts: seconds("TransactionMessageAttempts"),
      retrySeconds: seconds("TransactionMessageRetryInterval"),
      pingSeconds: seconds("WebSocketPingInterval"),
      maxCurrent: seconds("PlugsideMaxCurrent"),
      organisation: read("CpoName"),
    }),
  };
}

const defaultSamples =
  "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,Frequency,SoC,Temperature";

function standardKeys(machine: Machine): Record<string, Setting> {
  const whole = (value: number, max: number, min = 0): Setting => ({
    value: String(value),
    kind: "integer",
    access: "both",
    min,
    max,
  });
  const yesNo = (value: boolean): Setting => ({ value: String(value), kind: "boolean", access: "both" });
  const told = (value: string | number | boolean): Setting => ({
    value: String(value),
    kind: "string",
    access: "read",
  });
  const samples = (value: string): Setting => ({ value, kind: "list", access: "both", allowed: measurable });
  return {
    AllowOfflineTxForUnknownId: yesNo(false),
    AuthorizationCacheEnabled: yesNo(true),
    AuthorizeRemoteTxRequests: yesNo(false),
    ClockAlignedDataInterval: whole(0, 86_400),
    ConnectionTimeOut: whole(60, 3600, 1),
    ConnectorPhaseRotation: told(machine.outlets.map(({ evse }) => `${evse}.RST`).join(",")),
    GetConfigurationMaxKeys: told(mostKeys),
    HeartbeatInterval: whole(300, 86_400),
    LocalAuthorizeOffline: yesNo(true),
    LocalPreAuthorize: yesNo(false),
    MaxEnergyOnInvalidId: told(0),
    MeterValuesAlignedData: samples("Energy.Active.Import.Register"),
    MeterValuesAlignedDataMaxLength: told(measurable.length),
    MeterValuesSampledData: samples(defaultSamples),
    MeterValuesSampledDataMaxLength: told(measurable.length),
    MeterValueSampleInterval: whole(10, 86_400),
    NumberOfConnectors: told(machine.outlets.length),
    ResetRetries: told(0),
    StopTransactionOnEVSideDisconnect: yesNo(true),
    StopTransactionOnInvalidId: yesNo(true),
    StopTxnAlignedData: told(""),
    StopTxnSampledData: samples("Energy.Active.Import.Register,SoC"),
    SupportedFeatureProfiles: told(
      "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger",
    ),
    SupportedFileTransferProtocols: told("FTP,FTPS,HTTP,HTTPS,SFTP"),
    TransactionMessageAttempts: whole(3, 100, 1),
    TransactionMessageRetryInterval: whole(20, 3600, 1),
    UnlockConnectorOnEVSideDisconnect: told(true),
    WebSocketPingInterval: whole(60, 3600),
    LocalAuthListEnabled: yesNo(true),
    LocalAuthListMaxLength: told(listLimits.entries),
    SendLocalListMaxLength: told(listLimits.perMessage),
    ReserveConnectorZeroSupported: told(false),
    ChargeProfileMaxStackLevel: told(profileLimits.stackLevel),
    ChargingScheduleAllowedChargingRateUnit: told("Current,Power"),
    ChargingScheduleMaxPeriods: told(profileLimits.periods),
    ConnectorSwitch3to1PhaseSupported: told(true),
    MaxChargingProfilesInstalled: told(profileLimits.profiles),
    AuthorizationKey: {
      value: machine.password ?? "",
      kind: "string",
      access: "write",
      max: 40,
      check: (value) => (value.length < 16 ? "it takes 16 characters or more" : null),
    },
    CpoName: { value: "", kind: "string", access: "both", max: 500 },
    SecurityProfile: {
      value: "",
      kind: "choice",
      access: "both",
      allowed: ["0", "1", "2", "3"],
      read: () => String(machine.network.profile),
      check: (value) => whyNoProfile(machine, Number(value)),
      // It leaves by itself and comes back with the new profile (security white paper, A05).
      changed: (value) => machine.changeNetwork({ ...machine.network, profile: Number(value) }, true),
    },
    PlugsideMaxCurrent: { ...whole(32, 32, 6), reboot: true },
  };
}

/** Why a profile cannot be taken: one never goes back, and what it rests on must be there (security white paper, A05). */
function whyNoProfile({ network, password, certificates, own }: Machine, profile: number): string | null {
  if (profile < network.profile) return "a lower profile is not taken";
  if (profile === 3 && !own.current) return "it has no certificate of its own";
  if (profile >= 1 && profile < 3 && password === undefined) return "set AuthorizationKey first";
  return profile >= 2 && certificates.roots().length === 0 ? "install a CentralSystemRootCertificate first" : null;
}
