/** Why an upload was not taken in, or broke off, and what was seen of who brought it, in English. */
export const uploadPhrases = {
  "upload-behind": "it writes again what came already, at byte {{at, number}}",
  "upload-beyond": "it goes on at byte {{at, number}}, and {{bytes, number}} bytes of it are here",
  "upload-by-put": "files are only taken in here, by PUT or POST",
  "upload-called-off": "the sender called it off (ABOR)",
  "upload-cut": "the sender closed the connection in the middle of it",
  "upload-form": "the form cannot be read: {{why}}",
  "upload-gap": "a stretch of it is missing, from byte {{at, number}} on",
  "upload-many-files": "more than {{most}} files for one request",
  "upload-name": "the name is too long or holds control characters",
  "upload-no-file": "there is no file in the form",
  "upload-nobody-came": "nobody came",
  "upload-only-in": "files are only taken in here",
  "upload-only-sftp": "by SSH only the SFTP subsystem is taken, no shell and no scp of the old kind (scp -O)",
  "upload-range": "Content-Range must read: bytes FIRST-LAST/SIZE",
  "upload-room": "there is room for {{bytes, number}} bytes",
  "upload-silent": "no bytes for {{seconds}} s",
  "upload-told-more": "{{told, number}} bytes were told, and {{bytes, number}} came",
  "upload-twice": "another upload of this name is under way",
  "upload-unreached": "it could not be reached",
  "upload-withdrawn": "the request is over",
  "log-host-keys": "Our host keys, for a station that wants to know them: {{keys}}.",
  "log-cure-host-key":
    "It left when it saw our host key: let it take any, or put ours, which stands with the way, among those that it knows.",
  "log-cure-key-alone":
    "It logs in with a key of its own: set it to the user and password of the address, or take another protocol.",
  "log-cure-told-failed":
    "The station says that its upload failed: the end of the log may be missing. Ask again if it is.",
  "log-cure-root":
    "It does not take our certificate: put Plugside's root into it (see Certificates), or take a protocol without TLS.",
  "log-cure-agreement": "It can encrypt only in ways that are not had here: take another protocol, or newer firmware.",
  "seen-key-alone":
    "Somebody at {{from}} ({{user}}) came with a key of its own in place of the password, and was not let in.",
  "seen-left-at-key":
    "{{from}} came, was shown our host key, and left before it logged in: it may want to know the key beforehand.",
  "seen-secured": "TLS is up with {{from}}: it trusts our root, or does not look.",
  "seen-tls-failed": "{{from}} began TLS, and it did not come about: {{why}}.",
  "seen-data-tls-failed": "The data connection came to {{at}}, and TLS on it did not come about: {{why}}.",
  "tls-unknown-ca": "it does not know who signed our certificate",
  "tls-certificate-refused": "it refused our certificate",
  "tls-left": "it left in the middle of it",
  "seen-no-agreement": "{{from}} came, and there is no common way to encrypt: {{why}}.",
  "ssh-none-in-common": "none in common for {{what}}",
} as const;
