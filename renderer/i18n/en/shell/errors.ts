/** OCPP 1.6's error codes (7.6 ChargePointErrorCode, NoError aside): meaning, likely cause, what to check. */
export const errors = {
  ConnectorLockFailure: {
    meaning: "The connector could not be locked or unlocked.",
    cause: "The plug is not fully in, the lock is dirty or jammed, or its motor or end switch is broken.",
    check:
      "Push the plug in all the way, take load off the cable, look for dirt or ice, then try unlock. Listen for the lock's motor.",
  },
  EVCommunicationError: {
    meaning: "The station and the car do not understand each other.",
    cause:
      "A poor control pilot or proximity contact, a broken cable, or a car that speaks ISO 15118 in a way of its own.",
    check: "Try another cable and another car. Measure the control pilot: +12 V free, +9 V plugged in, +6 V charging.",
  },
  GroundFailure: {
    meaning: "The residual current protection has tripped, or protective earth is missing.",
    cause: "Insulation fault in the cable, the car or the installation, moisture, or a lost protective conductor.",
    check:
      "Take the car off. If the fault stays: measure insulation and earth of the installation. If it goes: try another cable and car. Reset the RCD by hand where it has no automatic reset.",
  },
  HighTemperature: {
    meaning: "The station is too hot inside.",
    cause: "Sun, blocked ventilation, a loose terminal that heats up, or too high a continuous current for the site.",
    check:
      "Look for loose or discoloured terminals, clean filters and fans, give shade. Lower the current and see if it returns.",
  },
  InternalError: {
    meaning: "A fault in the station's own hardware or software.",
    cause: "Anything inside; the vendor's code and the station's log say more.",
    check: "Note the vendor's code, reset the station, fetch its diagnostics. Look for newer firmware.",
  },
  LocalListConflict: {
    meaning: "The station's own list of cards does not agree with the central system.",
    cause: "The list was changed on one side only, or its version number was repeated.",
    check: "Send the local list anew in full, with a higher version number.",
  },
  OtherError: {
    meaning: "A fault that OCPP has no word for.",
    cause: "The vendor's code and info say what it is.",
    check: "Look the vendor's code up in the vendor's manual.",
  },
  OverCurrentFailure: {
    meaning: "The car took more current than it was allowed.",
    cause:
      "A car that ignores the control pilot, a short circuit in cable or car, or a wrong current limit in the station.",
    check:
      "Try another car. Check the station's current setting against fuse and cable, and the cable's rating (proximity resistor).",
  },
  OverVoltage: {
    meaning: "The supply voltage is above the limit.",
    cause: "High grid voltage, often with solar power nearby, or a lost neutral.",
    check:
      "Measure each phase against neutral: 230 V within 10 %. Voltages that differ much between phases mean a lost neutral: switch off.",
  },
  PowerMeterFailure: {
    meaning: "The energy meter cannot be read.",
    cause: "Loose wiring to the meter, a wrong address or speed on its bus, or a broken meter.",
    check: "Look at the meter's display. Check the bus wiring (A and B), termination and the meter's address.",
  },
  PowerSwitchFailure: {
    meaning: "The contactor does not do what it was told.",
    cause: "Welded contacts, a broken coil, or a faulty feedback line.",
    check:
      "Switch the station off and measure across the contactor. If contacts are welded there is voltage at the outlet: do not use it.",
  },
  ReaderFailure: {
    meaning: "The card reader does not answer.",
    cause: "A loose cable to the reader, moisture, or a broken reader.",
    check: "Restart the station, check the reader's cable. Sessions can still be started from here.",
  },
  ResetFailure: {
    meaning: "A reset could not be carried out.",
    cause: "A session that cannot be ended, or a program that hangs.",
    check: "Stop the session, then try a hard reset. If that fails too, cut the power for half a minute.",
  },
  UnderVoltage: {
    meaning: "The supply voltage is below the limit.",
    cause: "A weak or long supply cable, a lost phase, a loose terminal, or too much load on the site.",
    check:
      "Measure each phase at the station with and without load. A large drop under load points to cable or terminals.",
  },
  WeakSignal: {
    meaning: "The wireless link is weak.",
    cause: "Poor mobile or Wi-Fi coverage, or an antenna that is loose or boxed in metal.",
    check: "Check the antenna and its connector, try another operator or a cable.",
  },
};
