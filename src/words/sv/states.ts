import type { states as en } from "../en/states.ts";

export const states: typeof en = {
  Available: "Ledig",
  Preparing: "Förbereder",
  Charging: "Laddar",
  SuspendedEV: "Pausad av bilen",
  SuspendedEVSE: "Pausad av laddstationen",
  Finishing: "Avslutar",
  Reserved: "Reserverad",
  Unavailable: "Ur drift",
  Faulted: "Fel",
  Occupied: "Upptagen",
  Offline: "Frånkopplad",
  Never: "Ännu inte ansluten",
  Online: "Ansluten",
  Unknown: "Okänd",
};
