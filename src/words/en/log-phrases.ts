/** Why a log cannot be read, or what is odd about it, in English; the screens translate it by its key. */
export const logPhrases = {
  "log-no-file": "There is no file {{name}}.",
  "log-not-a-file": "{{name}} is no file.",
  "log-no-part": "There is no part {{id}} in the file.",
  "log-unreadable": "{{name}} cannot be read: {{why}}",
  "log-too-deep": "Archives within each other are followed {{limit}} deep, and this goes deeper. Unpack it by hand.",
  "log-too-many-entries": "The archive has more than {{limit}} entries: the others are not shown. Unpack it by hand.",
  "log-too-dense":
    "More than {{limit}} bytes would come of each byte: no log packs so well, and it may be made to fill the disk. It is not unpacked further.",
  "log-too-large":
    "More than {{limit, number}} bytes would come of this file. It is not unpacked further; unpack it by hand.",
  "log-entry-too-large":
    "This entry would take more than {{limit, number}} bytes of memory. Unpack it by hand, and open what comes of it.",
  "log-dictionary-too-large":
    "To unpack this takes {{size, number}} bytes of memory; at most {{limit, number}} are given. Unpack it by hand.",
  "log-packing-unknown": "It is packed in a way that is not read here ({{packing}}). Unpack it by hand.",
  "log-encrypted": "It is encrypted. Unpack it by hand, with its password.",
  "log-damaged": "The archive is damaged ({{format}}): what could be read before is shown.",
  "log-cut": "The archive ends too early ({{format}}), as after an upload that broke off: what is there is shown.",
  "log-closed": "This log is not open any more. Open it again.",
  "log-no-text": "This is no text: it is read by its bytes.",
  "log-search-replaced": "Another search was begun.",
  "log-search-long": "A search takes at most {{limit}} characters.",
  "log-search-no-pattern": "This is no regular expression: “{{error}}”",
  "log-search-stuck":
    "The search takes too long at one place: some expressions never end. Write it simpler, with fewer * and + within each other.",
} as const;
