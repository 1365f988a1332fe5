/** Why an upload was not taken in, or broke off, and what was seen of who brought it, in English. */
export const uploadPhrases = {
  "upload-behind": "it writes again what came already, at byte {{at}}",
  "upload-beyond": "it goes on at byte {{at}}, and {{bytes}} bytes of it are here",
  "upload-cut": "the sender closed the connection in the middle of it",
  "upload-gap": "a stretch of it is missing, from byte {{at}} on",
  "upload-name": "the name is too long or holds control characters",
  "upload-only-in": "files are only taken in here",
  "upload-only-sftp": "by SSH only the SFTP subsystem is taken, no shell and no scp of the old kind (scp -O)",
  "upload-room": "there is room for {{bytes}} bytes",
  "upload-silent": "no bytes for {{seconds}} s",
  "upload-told-more": "{{told}} bytes were told, and {{bytes}} came",
  "upload-withdrawn": "the request is over",
  "log-host-keys": "Our host keys, for a station that wants to know them: {{keys}}.",
  "log-cure-host-key":
    "It left when it saw our host key: let it take any, or put ours, which stands with the way, among those that it knows.",
  "log-cure-key-alone":
    "It logs in with a key of its own: set it to the user and password of the address, or take another protocol.",
  "log-cure-told-failed":
    "The station says that its upload failed: the end of the log may be missing. Ask again if it is.",
  "log-cure-agreement": "It can encrypt only in ways that are not had here: take another protocol, or newer firmware.",
  "seen-key-alone":
    "Somebody at {{from}} ({{user}}) came with a key of its own in place of the password, and was not let in.",
  "seen-left-at-key":
    "{{from}} came, was shown our host key, and left before it logged in: it may want to know the key beforehand.",
  "seen-no-agreement": "{{from}} came, and there is no common way to encrypt: {{why}}.",
  "ssh-none-in-common": "none in common for {{what}}",
} as const;
