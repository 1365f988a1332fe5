/** What the core says of the outbox and its destinations, in English; the screens translate it by its key. */
export const outboxPhrases = {
  "no-destination": "There is no destination {{name}}.",
  "too-many-destinations": "There are {{count}} destinations already. Remove one first.",
  "destination-in-use": "Files still wait for {{name}}: {{count}}. Remove them from the outbox first.",
  "too-many-in-outbox": "There are {{count}} files in the outbox already. Remove some first.",
  "no-outbox-entry": "There is nothing with the number {{id}} in the outbox.",
  "destination-path-relative":
    "{{path}} is no whole path. Give the folder from the top, as /media/stick/logs or E:\\logs.",
  "destination-folder-gone":
    "The folder {{path}} is not there. Plug in the stick, connect the drive, or make the folder.",
  "destination-folder-unwritable": "Nothing can be written in {{path}}: {{why}}",
  "destination-folder-full":
    "{{path}} has too little room: {{free, number}} bytes free, {{bytes, number}} needed. Make room there.",
  "sent-differs":
    "What was written in {{path}} reads back as something else. It is tried again; take another stick if it goes on.",
  "sent-name-taken": "Other files have the name {{name}} in {{path}}. Move them, or give the file another name.",
  "sent-differs-there": "What arrived at {{place}} is not what was sent. It is sent anew.",
  "destination-no-url": "“{{url}}” is no address of the web. It begins with https:// or http://.",
  "destination-url-query":
    "What stands after the ? of a URL is often secret, and is kept apart from it: give it as “query” with the secrets.",
  "destination-secret-closed":
    "The secrets of {{name}} cannot be read: they are sealed by the system's key store, which only the desktop window reaches, or damaged. Give them again.",
  "away-name":
    "The name {{host}} is not known here (DNS). Check how it is written, and whether this laptop has a network that knows it.",
  "away-refused":
    "{{host}} refuses the connection: nothing listens at that port. Check the port, and whether the server runs.",
  "away-no-way": "No way leads to {{host}}: this laptop has no network, or not the right one.",
  "away-silent": "{{host}} does not answer. It is away, or a firewall is between.",
  "away-still": "Nothing came from {{host}} for {{seconds}} s.",
  "away-blocked": "This laptop does not let Plugside connect to {{host}}: its firewall or a policy forbids it.",
  "away-certificate-unknown":
    "The certificate of {{host}} is signed by somebody whom this laptop does not know. Give the root certificate of whoever runs the server with the destination.",
  "away-certificate-expired":
    "The certificate of {{host}} is not valid now: {{error}}. Either it has run out, or the clock of this laptop is wrong (it says {{now}}).",
  "away-certificate-name": "The certificate of {{host}} is for another name: {{error}}",
  "away-tls":
    "No TLS comes about with {{host}}: the TLS library says “{{error}}”. It may be http there, and not https.",
  "away-no-http": "What answers at {{host}} does not speak HTTP: “{{error}}”. It may be https there, and not http.",
  "away-broken": "The connection to {{host}} broke off: {{error}}",
  "away-credentials": "{{host}} does not take this user name or password (status {{status}}).",
  "away-permission":
    "{{host}} knows who asks, and does not let this account write there (status 403). It says “{{said}}”.",
  "away-no-place": "{{host}} has no such place (status {{status}}). Check the path of the URL.",
  "away-too-large": "{{host}} takes no file as large as this.",
  "away-full": "{{host}} has no room left (status {{status}}).",
  "away-busy": "{{host}} is too busy now (status {{status}}).",
  "away-moved": "{{host}} sends on to another address. If that is the right one, enter it: {{to}}",
  "away-answers": "{{host}} answers with status {{status}}. It says “{{said}}”.",
  "away-clock":
    "{{host}} does not take what is signed now: the clock of this laptop says {{ours}}, that of the server {{theirs}}. Set the clock right.",
  "no-webdav": "{{host}} answers, and does not speak WebDAV at this address. Check the path of the URL.",
  "s3-no-bucket": "{{host}} has no bucket {{bucket}}. Check how it is written.",
  "s3-unknown-key": "{{host}} does not know this access key id.",
  "s3-wrong-secret": "{{host}} knows the access key id, and the secret access key does not belong to it.",
  "s3-token": "{{host}} takes these temporary credentials no more. Get new ones.",
  "s3-region": "The bucket {{bucket}} is not in the region {{region}}. The server says: {{right}}",
  "s3-denied": "This access key may not write in the bucket {{bucket}}. The server says “{{said}}”.",
  "s3-odd-answer": "The server's answer to {{action}} cannot be read.",
  "destination-no-host": "“{{host}}” is no name or address of a server.",
  "sftp-none": "{{host}} lets this user in, and has no SFTP for it.",
  "sftp-key-unreadable":
    "The private key cannot be read: “{{error}}”. Give it whole, with its passphrase if it has one.",
  "sftp-other-key":
    "{{host}} shows another key than before: {{seen}} in place of {{known}}. Another machine may answer in its stead; nothing was sent. If the server was set up anew, remove the destination and add it again.",
  "sftp-no-agreement": "No SSH comes about with {{host}}: {{what}}",
  "sftp-credentials": "{{host}} does not take this user name with this password or key.",
  "sftp-no-ssh": "What answers at {{host}} does not speak SSH: “{{error}}”. Check the port.",
  "sftp-denied": "{{host}} does not let this user write in {{path}}. It says “{{said}}”.",
  "sftp-no-folder": "{{host}} has no folder {{path}}, and does not let one be made.",
  "sftp-failed": "{{host}} cannot write in {{path}}, perhaps for want of room. It says “{{said}}”.",
  "redaction-too-large": "{{name}} holds too much text to be redacted here: {{most}} bytes at most.",
  "redaction-no-text":
    "Nothing in {{name}} is text, so nothing of it can be redacted. Send it as it is, or not at all.",
} as const;
