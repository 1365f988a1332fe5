import type { ScreenId } from "../../screens.ts";
import type { WordId } from "./words.ts";

/** What a screen is for, what one does there, and the words that stand on it. */
export type HelpPage = { purpose: string; steps: readonly string[]; words: readonly WordId[] };

/** What each screen is for. */
export const pages: Readonly<Record<ScreenId, HelpPage>> = {
  overview: {
    purpose: "How the station in focus is right now, and the commands for it.",
    steps: [
      "A fault stands in a box with its code, what it means and what to check.",
      "Start, stop, unlock and take out of service stand under each connector; what came of the last command stands below them.",
      "Reset, trigger and the raw call stand at the top. A command that interrupts charging says so before it is sent.",
      "Offline: since when, how it was cut, and what has been tried since. Values then carry the time they were told.",
    ],
    words: ["status", "evse", "connector", "reservation", "transaction", "outcome", "clockOffset", "late"],
  },
  meters: {
    purpose: "Everything that the station measures, over time.",
    steps: [
      "Choose how far back: 10 minutes to all. Drag in a chart to look closer; Pause holds still.",
      "The cursor is the same in all charts; a mark is a status, a command, a fault or a card.",
      "Each number in the table leads to the frame that told it. Grey is older than it should be.",
    ],
    words: ["sample", "measurand", "phase", "register", "late"],
  },
  history: {
    purpose: "What happened to the station, in words, on one line of time.",
    steps: [
      "Narrow it by kind: errors, restarts, the link, commands, transactions, tokens.",
      "Type a time or a day to go there.",
      "The number at the right opens the frame.",
    ],
    words: ["status", "boot", "attempt", "transaction", "finding", "late"],
  },
  messages: {
    purpose: "Every frame between the station and this laptop: question and answer in one row.",
    steps: [
      "Press / and type: plain words, or fields such as action:MeterValues dir:in at:14:10 day:2026-11-20.",
      "The list follows what comes until one scrolls; then it holds still and counts what is new.",
      "Press r on a row to count times from it; #4711 in the filter goes to frame 4711.",
      "Enter opens a frame: laid out, raw, with its other half, its findings and what it meant.",
    ],
    words: ["frame", "call", "heartbeat", "finding", "subprotocol", "late"],
  },
  findings: {
    purpose: "Where the station departs from OCPP: by rule, the worst first, with the frames that show it.",
    steps: [
      "Open a rule to see the places, what was said and expected, and the cure.",
      "Copy as a ticket for the vendor: the deviations with their frames, without secrets.",
      "Below: how strictly this station is treated.",
    ],
    words: ["finding", "strict", "frame"],
  },
  transactions: {
    purpose: "The charging sessions of the station: those that run, and those on record.",
    steps: [
      "A row tells when it began, where, which card, how long, how much, and how it ended.",
      "Open one to see what was told of it, each with its frame, and what the station's own clock said.",
      "From there to its messages, and to the meters meanwhile.",
    ],
    words: ["transaction", "register", "token", "evse", "late"],
  },
  tokens: {
    purpose: "Cards that were shown, and what each is answered: to test authorization at the station.",
    steps: [
      "Hold a card to the station: it appears here, live.",
      "Block or accept it in its row; the next time it is shown, that is the answer.",
      "Learn mode adds what comes; a card can also be typed.",
    ],
    words: ["token", "transaction", "outcome"],
  },
  configuration: {
    purpose: "How the station is set up, as it told it.",
    steps: [
      "Ask for all of it; what it left out or does not know is said.",
      "Filter by name or value; each value leads to the frame that told it.",
    ],
    words: ["configurationKey", "outcome"],
  },
  diagnostics: {
    purpose: "Fetches the station's log; this laptop is the server that it uploads to.",
    steps: [
      "“Fetch the log” asks and opens a place for it; when one protocol fails, the next is tried by itself.",
      "Each way tells what was seen at both ends; the last word says what came of it, and what to do.",
      "What came lies below: open a file to name it, save a copy or remove it.",
    ],
    words: ["outcome", "record"],
  },
  files: {
    purpose: "Logs, photos and configurations that belong to the station's record.",
    steps: [
      "Add files from this laptop; they are kept whole, with their size and SHA-256.",
      "Open one to name it, note something, save a copy or remove it.",
    ],
    words: ["record"],
  },
  access: {
    purpose: "What a station must show to be let in, and changes of it that do not lock it out.",
    steps: [
      "Set the password and the lowest security profile of a station.",
      "A change of password or profile in the station goes step by step; each step says what is good now.",
      "Prepare a station that has not been here yet: its password, and how its first boots are answered.",
    ],
    words: ["identity", "securityProfile", "basicAuth", "guardedChange", "boot"],
  },
  forward: {
    purpose: "Stand between the station and its real central system, and see both sides.",
    steps: [
      "Type the address of the central system and how to prove oneself there.",
      "Hold frames back, change them, let them go, or put one in.",
      "Choose what happens when the central system is away.",
    ],
    words: ["forward", "centralSystem", "upstream", "frame"],
  },
  faults: {
    purpose: "Do something wrong on purpose, to see how the station takes it.",
    steps: [
      "Choose a fault and how long. While it lasts a red line stands on every screen.",
      "End it at any time; it ends by itself as well.",
    ],
    words: ["faultOnPurpose", "call", "outcome"],
  },
  simulator: {
    purpose: "A station of software, to try things without a station.",
    steps: [
      "Choose identity, version and a day to live through; start it.",
      "Plug in, tap a card, raise a fault, drop the link; or let it misbehave as real ones were seen to.",
    ],
    words: ["virtualStation", "status", "token"],
  },
  connection: {
    purpose: "How a station gets here: the address to type into it, and who has tried.",
    steps: [
      "Type the address of the network that the station is on into the station, or let it read the QR code.",
      "Attempts stand here as they come: how far each came, the cause and the cure.",
      "Test the addresses; look whether the firewall lets stations in.",
    ],
    words: ["attempt", "identity", "ws", "subprotocol", "securityProfile"],
  },
  console: {
    purpose: "A serial console: the text that a board prints, and what you type to it.",
    steps: [
      "Choose a port and its speed, or let both be found by listening; DTR and RTS are left alone.",
      "Type in the terminal; Shift+Tab leaves it. What came and went is on record with our times.",
      "Boots, resets and crashes are recognised, and stand in the history of the station that is named.",
      "OCPP messages that are printed stand in Messages, read only: none is answered, and no state is made of them.",
      "An adapter that is pulled out is told, and taken up again when it comes back.",
    ],
    words: ["frame", "identity"],
  },
  serial: {
    purpose: "What is plugged into this laptop, and stations that speak OCPP over a wire.",
    steps: [
      "Ports come and go here as adapters do. One that cannot be opened says why, and what to do.",
      "Open a line: port and speed; framing, version and identity are told by the station or by its first message.",
      "Damaged stretches are counted here, and each is a finding; none is taken for a message.",
      "The format stands on one page for firmware writers, with a reference in C: SERIAL.md of the source.",
    ],
    words: ["identity", "frame", "finding"],
  },
  modbus: {
    purpose: "Chargers and meters that speak Modbus instead of OCPP.",
    steps: [
      "Look for devices: a port is tried at the usual speeds, and the verdict says what is likely wrong when nobody answers.",
      "Read a device as a station: choose what it is, or let it be found; it is then on Overview, Meters and History.",
      "A device profile says how far it is proven. A profile of your own is a file: it is taken here, its faults are told with their lines.",
      "Overhear another master: who is asked for what, how often, and what is answered. Plugside says nothing on the line then.",
      "Registers show bare values in every way they can be read; watched, what changes is marked.",
    ],
    words: ["identity", "frame", "finding", "register"],
  },
  certificates: {
    purpose: "Certificates for wss: ours, and those that stations ask for.",
    steps: [
      "Install the root certificate in the station before it connects over wss.",
      "Sign or refuse what stations ask for.",
      "See what the station has installed; install and delete there.",
    ],
    words: ["certificate", "root", "signingRequest", "ws", "securityProfile"],
  },
  settings: {
    purpose: "How Plugside looks and behaves, on this laptop.",
    steps: [
      "Theme and language; the sunlight theme has more contrast and larger targets.",
      "How unknown stations are met, how strictly messages are taken, and when the laptop tells what befalls them.",
      "About: version, data folder, and what Plugside has said about itself.",
    ],
    words: ["strict", "record", "boot"],
  },
  reader: {
    purpose: "A log or an archive that is kept, read where it is: nothing is unpacked to disk.",
    steps: [
      "At a glance: its period, errors by count, restarts, jumps of its clock, the lines it repeats.",
      "Search all lines, by words or by a regular expression; go to a time.",
      "Click a line to see the OCPP messages in it, and what passed on the wire in the same minute.",
    ],
    words: ["frame", "clockOffset", "record"],
  },
  stations: {
    purpose: "All stations on one page, the worst first.",
    steps: ["A click brings a station into focus.", "What is done on purpose to one stands in its row."],
    words: ["status", "forward", "faultOnPurpose"],
  },
};
