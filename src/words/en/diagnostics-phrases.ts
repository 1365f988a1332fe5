/** What became of a request for a log, and what was seen at both ends, in English; the screens translate it by its key. */
export const diagnosticsPhrases = {
  "log-received": "The log is here: {{name}}, {{bytes, number}} bytes, by {{protocol}}.",
  "log-unsupported": "The station does not have this function.",
  "log-unsupported-cure": "Ask for the other log, or take it by the maker's own page or tool.",
  "log-refused": "The station refused each way to upload that is offered here.",
  "log-refused-cure":
    "Its answers stand with each way. It may be busy with another upload, or take only a place that it was set up with.",
  "log-broken-off": "The log broke off: {{bytes, number}} bytes of it are here, and kept.",
  "log-broken-off-cure": "Ask again, over a cable where it went by radio. What is here can be read already.",
  "log-offline": "The station is not connected.",
  "log-offline-cure": "Ask again when it is back.",
  "log-canceled": "It was called off here.",
  "log-superseded": "A later request took its place.",
  "log-nothing-came": "The station took it on, and nothing came.",
  "log-cure-data":
    "It logged in, but the data connection did not come about: let Plugside through the firewall with all its ports, or try HTTP.",
  "log-cure-login":
    "It came with another login than it was given: it may cut or change the address. Try HTTP, which needs none.",
  "log-cure-closed": "No port could be opened here: end what uses it, and try again.",
  "log-cure-began":
    "It began, and did not finish: what was seen stands with each way. Try again, with a shorter time or by another protocol.",
  "log-cure-unreached":
    "It says that the upload failed, and nothing reached us: see whether the firewall lets it through to {{place}}.",
  "log-cure-silent":
    "It said nothing more. It may have no log for this time, or still be packing: ask again, with a longer wait.",
  "log-no-port": "No port can be had for it: {{why}}",
  "log-over": "This request is over.",
  "no-log-request": "There is no request {{id}}.",
  "seen-status": "It says: {{status}}.",
  "seen-login": "It logged in from {{from}}.",
  "seen-wrong-login": "Somebody at {{from}} came with a wrong user or password ({{user}}).",
  "seen-data-opened": "The data connection is open ({{at}}).",
  "seen-data-failed-passive":
    "It logged in, and no data connection came to {{at}}: the passive address is not reachable.",
  "seen-data-failed-active": "It logged in, and its own address for data, {{at}}, could not be reached.",
  "seen-stored": "{{name}} came whole, {{bytes, number}} bytes.",
  "seen-part": "{{bytes, number}} of {{total, number}} bytes of {{name}} are here.",
  "seen-broken-off": "{{name}} broke off after {{bytes, number}} bytes: {{why}}",
  "seen-refused": "{{name}} was not taken in: {{why}}",
  "seen-again": "Plugside was started anew; it still waits.",
  "seen-superseded": "It gave up an upload that was under way.",
} as const;
