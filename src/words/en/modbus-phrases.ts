/** What the core says of Modbus devices and their profiles, in English. */
export const modbusPhrases = {
  "modbus-no-answer": "No answer came.",
  "modbus-silent-line":
    "Nothing answers as unit {{unit}}. Its unit, the speed or the frame may be another: looking for devices tries them. Otherwise it is off, or A and B are swapped.",
  "modbus-silent-host":
    "Nothing answers as unit {{unit}}. Its unit may be another: looking for devices tries them. Some devices let in one master at a time: end the other.",
  "modbus-cut": "An answer began and broke off after {{count, number}} bytes.",
  "modbus-bad-check": "{{count, number}} bytes came whose checksum does not fit.",
  "modbus-echo": "Only our own question came back: the adapter hears itself, or both wires of the bus are one.",
  "modbus-other-unit": "Unit {{unit}} answered, which was not asked.",
  "modbus-no-fit": "The answer does not fit the question.",
  "modbus-no-tcp": "What answers there speaks no Modbus TCP.",
  "modbus-exception-function": "The device does not know this function (exception 1).",
  "modbus-exception-address": "The device has no such register (exception 2).",
  "modbus-exception-value": "The device does not take this value or this many registers (exception 3).",
  "modbus-exception-failure": "The device failed at it (exception 4).",
  "modbus-exception-acknowledge": "The device has begun, and needs long for it (exception 5).",
  "modbus-exception-busy": "The device is busy (exception 6).",
  "modbus-exception-memory": "The device found its memory damaged (exception 8).",
  "modbus-exception-gateway": "The gateway has no way there (exception 10).",
  "modbus-exception-target": "The gateway got no answer from the device behind it (exception 11).",
  "modbus-exception-other": "The device refused with exception {{code}}.",
  "modbus-value-needed": "A value is needed: {{least}} to {{most}}.",
  "modbus-value-outside": "{{value}} is not taken: {{least}} to {{most}}. Nothing was written.",
  "modbus-write-unknown": "{{why}} Whether the device took the value is not known: read it again.",
  "modbus-no-place":
    "“{{place}}” is no place of a Modbus device: a port (/dev/ttyUSB0, COM3, tcp://host:port) or a host (192.168.1.20, 192.168.1.20:502).",
  "modbus-listen-port":
    "Only a serial line can be overheard: a port (/dev/ttyUSB0, COM3), or tcp://host:port with RTU.",
  "modbus-no-profile":
    "There is no profile {{name}}; plugside modbus profiles lists those there are. A file of your own is named by its path.",
  "modbus-profile-faults": "The profile cannot be used: {{faults}}",
  "modbus-no-command": "The profile {{profile}} has no command {{command}}.",
  "modbus-identity": "{{identity}} is a station already.",
  "modbus-not-attached": "{{identity}} is not read over Modbus.",
  "modbus-other-settings":
    "{{identity}} is read on this port with other settings: one bus has one speed and one frame.",
  "modbus-same-device":
    "{{identity}} is read there already, as the same unit: one device is one station. Read that one no more first, or name another unit.",
  "modbus-no-commands":
    "It speaks Modbus, and takes no OCPP. What its profile can write is offered on the Modbus screen, and by plugside modbus write.",
  "modbus-verdict-found": "Found. What each is: read it by its unit.",
  "modbus-verdict-nothing":
    "Nobody answered. Check power, that A and B are not swapped (makers name them both ways round), that 0 V is connected, and that Modbus is switched on in the device.",
  "modbus-verdict-nothing-at-host":
    "The port lets in, and nobody answers as any of these units. Its unit may be another; some devices let in one master at a time: end the other. Where it is a gateway, look at the bus behind it.",
  "modbus-verdict-gateway-silent":
    "A gateway answers, and none of these units behind it does. Check the bus behind it: power, A and B, its speed and parity in the gateway, and the units.",
  "modbus-all-refused": "It refuses all that the profile reads: {{why}} The profile is likely of another device.",
  "modbus-other-transaction":
    "Answers came that belong to none of our questions: their transaction numbers are others.",
  "modbus-verdict-echo":
    "Only our own questions came back: the adapter hears itself, or A and B touch. No device answered.",
  "modbus-verdict-noise":
    "Bytes came, and none of them is Modbus: the line floats or is disturbed, or somebody talks on it at another speed. Check 0 V, the termination (120 ohm at both ends) and the shield.",
  "modbus-verdict-swapped": "What came is all ones or zeros: A and B are likely swapped.",
  "modbus-verdict-wrong-setting":
    "Something answers and cannot be read in any of these settings: its baud rate or parity is another one. Its manual or menu says which.",
  "modbus-verdict-another-master":
    "Somebody talks on this line already: another master (a meter reader, a load manager). Listen to it with plugside modbus listen, or disconnect it first.",
  "modbus-verdict-no-modbus":
    "What answers at this port speaks no Modbus TCP. A gateway that carries RTU is written tcp://HOST:PORT.",
  "modbus-verdict-two":
    "Answers of unit {{units}} come damaged while others are whole: two devices likely have that same unit. Connect them one by one, and give one another number.",
  "modbus-verdict-nobody-on-network":
    "Nobody on this network lets in at port 502. Check that Modbus TCP is switched on in the device, that it is on this network, and that its address is one of these.",
  "modbus-no-network":
    "The laptop is in no network that could be looked through (up to 1022 hosts). Name one: 192.168.1.0/24.",
  "modbus-network-large": "{{network}} is too large to be looked through: /{{shortest}} at the most (1022 hosts).",
  "modbus-unidentified":
    "No profile is known to fit what answers there. Name one with --profile, or read registers by number.",
  "modbus-one-of": "It is one of {{names}}: they share their registers. Name the one that it is.",
  "profile-fault": "line {{line}}{{place}}: {{why}}",
  "profile-faults": "{{one}}; {{rest}}",
  "profile-faults-more": "{{one}}; and {{count}} more",
  "profile-number": "a number",
  "profile-whole": "a whole number",
  "profile-text": "a text",
  "profile-truth": "true or false",
  "profile-list": "a list",
  "profile-mapping": "a mapping",
  "profile-unknown-key": "“{{key}}” means nothing here",
  "profile-missing": "it is missing",
  "profile-kind": "{{expected}} is expected, not {{said}}",
  "profile-one-of": "{{said}} is none of {{known}}",
  "profile-least": "{{said}} is too little: at least {{limit}}",
  "profile-most": "{{said}} is too much: at most {{limit}}",
  "profile-not-taken": "{{said}} cannot be taken here",
  "profile-name": "a name takes small letters, digits and hyphens, as in acme-w22; not {{said}}",
  "profile-means":
    "{{said}} is neither status, error, note, vendor, model, serial, firmware, meter-type, meter-serial nor written like a measurand of OCPP",
  "profile-tab": "a tab stands before it: YAML takes blanks there",
  "profile-key-twice": "this is said twice in the same place",
  "profile-no-number": "{{key}} is no number, and a register holds one",
  "profile-no-code": "{{said}} is no error code of OCPP: {{known}}. Leave it and the colon away where none fits",
  "profile-overlap": "it shares registers with the value at {{at}}, which takes {{count}}",
  "profile-twice": "the register at {{at}} tells {{means}} already",
  "profile-bounds": "{{least}} is above “most”, {{most}}",
  "profile-no-bounds": "it needs “value”, or “least” and “most”",
  "profile-outside": "register {{said}} is outside of what Modbus has (0 to 65535, and not below “first”)",
  "profile-too-wide": "it takes more registers than one question may ask for (most: {{limit}})",
  "profile-text-length": "a text needs “length”: how many registers it takes",
  "profile-text-measured": "{{means}} is measured: it is a number, no text",
  "profile-no-unit": "OCPP has no measurand {{means}}: say its unit",
  "profile-no-values": "a status needs “values”: which number means what",
  "profile-no-status":
    "{{key}}: “{{said}}” is no status: Available, Preparing, Charging, SuspendedEV, SuspendedEVSE, Finishing, Reserved, Unavailable, Faulted or Occupied",
  "profile-bits-of-text": "a text has no bits",
  "profile-no-bit": "{{key}} is no bit of it: 0 to {{limit}}",
  "profile-quoted": "a number is expected, and “{{said}}” in quotation marks is a text: take them away",
  "profile-above": "{{said}} is too little: it must be above {{limit}}. What counts the other way is negative: true",
  "profile-is-or-range": "it needs “is”, or “least” and “most”",
  "profile-alias": "an alias (*name) is not taken: write it out",
  "profile-open": "a { or [ is not closed, here or on the line before",
  "profile-no-colon": "a key has no colon and blank after it, here or on the line before",
  "profile-indent": "it begins at another column than what it belongs to: count the blanks before it",
  "profile-colon": "a text with a colon in it needs quotation marks around it",
  "profile-documents": "a profile is one document: what follows --- goes into a file of its own",
  "profile-other-unit":
    "{{means}} is measured in {{unit}}: leave “unit” away, and let “scale” bring the register to it",
  "profile-signed": "{{said}} in a register of {{type}} is read as {{turned}}: write that",
  "profile-not-held": "{{said}} never stands there: {{type}}, {{least}} to {{most}}",
  "profile-length-of-number": "only a text has a “length”: take it away, or say type: text",
  "profile-mask-of": "{{type}} has no bits that a mask could take: it takes those of a whole number",
  "profile-plain-number": "it is never met as {{key}}: write {{value}}, or without quotation marks",
  "profile-read-only": "the table {{table}} can only be read: a command needs holding or coil",
  "profile-command-twice": "there is a command {{name}} already",
  "profile-is-number": "“{{said}}” is a text, and the register holds a number: say type: text, or a number",
  "profile-is-text": "{{said}} is a number, and the registers hold a text: put it in quotation marks",
  "profile-bits-table": "the table {{table}} holds single bits: type: bit",
  "profile-bit-of-register":
    "a register holds 16 bits: say which with “mask”, and leave the type away; or the table is coil or discrete",
  "profile-tens": "no i16 stands at {{at}} in its table: list that register too, with means: note",
} as const;
