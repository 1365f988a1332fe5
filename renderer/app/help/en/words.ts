/** The glossary. The order is that of the alphabet on screen, whatever it is here. */
export const words = {
  attempt: {
    word: "Attempt",
    means: "One try to connect: from the first packet to the boot of the station, or to where it stopped and why.",
  },
  basicAuth: {
    word: "Password (basic authentication)",
    means:
      "What the station proves itself with from security profile 1 on. Some stations want it as text, some as hexadecimal digits.",
  },
  boot: {
    word: "Boot",
    means:
      "The station's first message (BootNotification): who it is, and why it started. The central system answers Accepted, Pending or Rejected.",
  },
  call: {
    word: "Call",
    means: "A question in OCPP. It is answered by a result or by an error, with the same message id.",
  },
  centralSystem: {
    word: "Central system",
    means: "Who the station talks to: the operator's back office, or here this laptop. CSMS in OCPP 2.x.",
  },
  certificate: {
    word: "Certificate",
    means: "Proves who somebody is. A server has one for wss; a station has one of its own from security profile 3 on.",
  },
  clockOffset: {
    word: "Clock offset",
    means:
      "How far the station's clock is from this laptop's. Times on screen are ours; what the station said stands beside them.",
  },
  configurationKey: {
    word: "Configuration key, variable",
    means: "A setting of the station. In OCPP 1.6 a key with a value; in 2.x a variable of a component.",
  },
  connector: { word: "Connector", means: "The socket or cable that a car is plugged into." },
  evse: {
    word: "EVSE",
    means:
      "One outlet that charges one car at a time; it may have several connectors. OCPP 1.6 has none: its connector n is EVSE n here.",
  },
  faultOnPurpose: {
    word: "Fault on purpose",
    means:
      "Something wrong that we do to a station to see how it takes it: late answers, errors, a cut link. It ends by itself.",
  },
  finding: {
    word: "Finding",
    means:
      "Something that departs from OCPP and was understood all the same. It names the rule, the place, what was said and expected, and the cure.",
  },
  forward: {
    word: "Forward mode",
    means:
      "This laptop stands between the station and its real central system, passes everything on, and keeps both directions.",
  },
  frame: { word: "Frame", means: "One text on the wire, kept byte for byte. Every frame has a number in the record." },
  guardedChange: {
    word: "Guarded change",
    means:
      "A change that could lock the station out, made step by step: the old way in stays open until the new one has worked.",
  },
  heartbeat: {
    word: "Heartbeat",
    means: "A short sign of life from the station, every so many seconds. Its answer tells the time.",
  },
  identity: {
    word: "Identity",
    means: "The station's name towards the central system: the last part of the address that it connects to.",
  },
  late: {
    word: "Told late",
    means:
      "What the station kept while it was offline and sent afterwards. It stands at the time it happened and is never taken for now.",
  },
  measurand: {
    word: "Measurand",
    means: "What is measured: power, energy, current, voltage, frequency, state of charge, temperature.",
  },
  outcome: {
    word: "Outcome",
    means:
      "What became of a command: accepted, scheduled, rejected, not supported, unreadable, no answer, or the station is offline. Accepted is not done: what followed stands below it.",
  },
  phase: { word: "Phase", means: "L1, L2, L3, and the neutral N. A value of one phase is not the value of all." },
  record: {
    word: "Record",
    means:
      "Everything that came and went, in one folder on this laptop. It is stored before it is answered, and what is on screen is made from it.",
  },
  register: {
    word: "Register",
    means: "The meter's reading that only counts up. A session's energy is the difference of two readings.",
  },
  root: {
    word: "Root certificate",
    means:
      "What a station must have installed to trust this laptop over wss. Certificates hands it out as a file and as a QR code.",
  },
  reservation: {
    word: "Reservation",
    means:
      "A connector that is kept for one card until a time, under a number that the central system gives. It shows as Reserved.",
  },
  sample: { word: "Sample", means: "One measured value, with its time, its place and its phase." },
  securityProfile: {
    word: "Security profile",
    means: "0: nothing. 1: a password. 2: TLS and a password. 3: TLS and a certificate of the station's own.",
  },
  signingRequest: {
    word: "Signing request",
    means: "The station asks for a certificate of its own (SignCertificate). A person here says yes or no.",
  },
  status: {
    word: "Status",
    means:
      "What a connector says of itself: Available, Preparing, Charging, Suspended, Finishing, Reserved, Unavailable, Faulted.",
  },
  strict: {
    word: "Strict",
    means:
      "What the schema forbids is refused, as the specification wants it. Otherwise it is taken as it was meant, and named as a finding.",
  },
  subprotocol: {
    word: "Subprotocol",
    means: "ocpp1.6, ocpp2.0.1 or ocpp2.1: how the station says at the start which version it speaks.",
  },
  token: { word: "Token", means: "A card, tag or app that may charge; idTag in OCPP 1.6, idToken in 2.x." },
  transaction: {
    word: "Transaction",
    means: "One charging session, from its start to its end, with a number of its own.",
  },
  upstream: {
    word: "The central system above",
    means: "In forward mode: the one that this laptop passes everything on to.",
  },
  virtualStation: {
    word: "Virtual station",
    means: "A station of software inside Plugside. It speaks OCPP as a real one does, and can be told to misbehave.",
  },
  ws: {
    word: "ws and wss",
    means: "The way in without and with encryption (TLS). Both share one port of this laptop.",
  },
} as const;

/** A word of the glossary, by its name in English. */
export type WordId = keyof typeof words;
