/** What a connector, a transaction or a station is in, by the words of OCPP and ours. */
export const states = {
  Available: "Available",
  Preparing: "Preparing",
  Charging: "Charging",
  SuspendedEV: "Paused by the car",
  SuspendedEVSE: "Paused by the station",
  Finishing: "Finishing",
  Reserved: "Reserved",
  Unavailable: "Out of service",
  Faulted: "Faulted",
  Occupied: "Occupied",
  Offline: "Offline",
  Never: "Not yet connected",
  Online: "Connected",
  Unknown: "Unknown",
};
