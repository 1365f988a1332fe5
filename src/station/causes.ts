import type { Spoken } from "../lib/words.ts";

/** How far an attempt to connect came; in this order. */
export const attemptStages = [
  "tcp",
  "tls",
  "http",
  "upgrade",
  "identity",
  "credentials",
  "subprotocol",
  "open",
  "first-frame",
  "boot",
] as const;

export type AttemptStage = (typeof attemptStages)[number];

/** `said` is what the station sent, where that tells something. */
export type Cause = { code: CauseCode; said?: Spoken; expected?: Spoken };

/** What is known of a cause, in English; the screens translate it by its code. `fatal`: the attempt stopped there. */
export type CauseText = { fatal: boolean; stage: AttemptStage; title: string; cure: string };

function cause(fatal: boolean, stage: AttemptStage, title: string, cure: string): CauseText {
  return { fatal, stage, title, cure };
}

/** Every way an attempt can go wrong, or be odd, that is told apart. */
export const causes = {
  "closed-at-once": cause(
    true,
    "tcp",
    "Connected and hung up without a word",
    "The network works: somebody reached this port and left, as a port scan or a reachability test does. If it was the station, restart it and see what it tries next.",
  ),
  silence: cause(
    true,
    "tcp",
    "Connected, then silent",
    "Something holds the line open without speaking. If it is the station, check that it speaks OCPP to this port. Otherwise look for a proxy or a firewall in between.",
  ),
  crowded: cause(
    true,
    "tcp",
    "Let go to make room for others",
    "Too many connections were held open half-way. Look for what opens them: a scanner, or a station that never ends its handshakes.",
  ),
  "not-http": cause(
    true,
    "http",
    "The first bytes are neither TLS nor HTTP",
    "Another protocol speaks to this port; the bytes show which. Check protocol and port in the station: it needs OCPP JSON over ws:// or wss://.",
  ),
  "tls-on-plain-port": cause(
    true,
    "tls",
    "wss was tried at a port that takes only ws",
    "Type ws:// instead of wss:// in the station. Or let the port take wss: Settings, Places that stations connect to.",
  ),
  "plain-on-tls-port": cause(
    true,
    "http",
    "ws was tried at a port that takes only wss",
    "Type wss:// instead of ws:// in the station. Or let the port take ws: Settings, Places that stations connect to.",
  ),
  "tls-version": cause(
    true,
    "tls",
    "Only old TLS versions are offered",
    "The station offers nothing newer than TLS 1.1. Update its firmware, or start with ws://. As a last resort allow TLS 1.0 and 1.1 under Certificates.",
  ),
  "no-common-cipher": cause(
    true,
    "tls",
    "No cipher or signature in common",
    "The station offers none of those that OCPP demands. Update its firmware, or start with ws://. Under Certificates, try the RSA certificate, then TLS 1.0 and 1.1, which allows old ciphers as well.",
  ),
  "rsa-only": cause(
    true,
    "tls",
    "The station takes only RSA certificates",
    "Turn on the RSA certificate under Certificates, and install its root in the station.",
  ),
  "unknown-ca": cause(
    true,
    "tls",
    "The station does not know who signed our certificate",
    "Install Plugside's root certificate in the station (see Certificates), then try again.",
  ),
  "certificate-expired": cause(
    true,
    "tls",
    "The station says that our certificate is expired or not yet valid",
    "Most often the station's own clock is wrong. Set it, or let the station connect once over ws:// so that it learns the time. If its clock is right, check that of the laptop.",
  ),
  "certificate-not-yet-valid": cause(
    true,
    "tls",
    "The station refused our certificate: perhaps its clock is wrong",
    "To a clock in 1970 the certificate is not yet valid. Set the clock, or let the station connect once over ws:// so that it learns the time. If the clock is right, install Plugside's root certificate (see Certificates).",
  ),
  "certificate-name": cause(
    true,
    "tls",
    "The name or address that the station called is not in our certificate",
    "Type one of the addresses shown here into the station. If it has to call another, add that under Certificates, Further names.",
  ),
  "certificate-not-for-name": cause(
    true,
    "tls",
    "The station does not accept our certificate for the address that it called",
    "It compares the address as if it were a host name. Our certificate names each address both ways: look under Certificates whether it names this one, and make it anew if not. Else install Plugside's root certificate in the station and check its clock, or let it call a name (the laptop's name with .local), or turn off its check of the host name.",
  ),
  "certificate-not-ready": cause(
    true,
    "tls",
    "wss was tried before our certificate was there",
    "At the first start the certificate takes a moment to make: the station's next try is served. If it stays so, Certificates says why it cannot be made.",
  ),
  "station-says": cause(
    false,
    "tls",
    "The station itself has said why since then",
    "It came as a security event over the connection that it has now. InvalidCentralSystemCertificate and InvalidCsmsCertificate: it does not accept our certificate. Install Plugside's root certificate in it (see Certificates), check its clock, and that the certificate names what it calls. InvalidTLSVersion and InvalidTLSCipherSuite: see TLS under Certificates.",
  ),
  "certificate-refused": cause(
    true,
    "tls",
    "The station refused our certificate",
    "Check three things: Plugside's root certificate is installed in the station (see Certificates), the station's clock is right, and it calls one of the addresses shown here. Some stations take only RSA certificates.",
  ),
  "client-certificate-missing": cause(
    true,
    "tls",
    "The station showed no certificate of its own",
    "Security profile 3 is asked for. Install a certificate in the station (see Certificates), or choose a lower profile for it under Access.",
  ),
  "client-certificate-unknown": cause(
    true,
    "tls",
    "The station's certificate is not one that is let in",
    "Sign a new one for it under Certificates, or trust its issuer's root there. If one certificate alone is allowed for it under Access, that is another.",
  ),
  "client-certificate-expired": cause(
    true,
    "tls",
    "The station's certificate is expired or not yet valid",
    "Check the laptop's clock. If it is right, sign a new certificate for the station under Certificates.",
  ),
  "client-certificate-identity": cause(
    true,
    "credentials",
    "The station's certificate names another station",
    "Its common name must be the station's identity. Sign a new one for it under Certificates, or correct the identity in the station.",
  ),
  "tls-closed": cause(
    true,
    "tls",
    "The station hung up during the TLS handshake",
    "A station that distrusts our certificate often does so without a word. Install Plugside's root certificate (see Certificates), check the station's clock, and that it calls one of the addresses shown here.",
  ),
  "tls-stalled": cause(
    true,
    "tls",
    "The TLS handshake is not finished",
    "A slow station may need some seconds. If it stays so, packets get lost on the way (cable, VPN, mobile router), or the station hangs: restart it, and try ws:// first.",
  ),
  "tls-failed": cause(
    true,
    "tls",
    "The TLS handshake failed",
    "Try ws:// first: it shows whether the rest works. Then ask the vendor, with the error's own words and the bytes.",
  ),
  "bad-request-line": cause(
    true,
    "http",
    "The request line is malformed",
    "Check the address in the station for blanks and odd characters. Otherwise ask the vendor, with the bytes.",
  ),
  "odd-request-line": cause(
    false,
    "http",
    "The request line is not quite as it should be",
    "Read all the same. Other central systems may refuse it: ask the vendor, with the bytes.",
  ),
  "head-cut-off": cause(
    true,
    "http",
    "The station hung up in the middle of its request",
    "The line broke, or the station gave up. If it happens again and again, ask the vendor, with the bytes.",
  ),
  "bad-header": cause(
    false,
    "http",
    "A header is malformed or missing",
    "Gone on all the same. Other central systems may refuse it: ask the vendor, with the bytes.",
  ),
  "header-too-large": cause(
    true,
    "http",
    "The request's head is larger than 16 KiB",
    "No station needs that much. Check what is speaking here.",
  ),
  "slow-head": cause(
    true,
    "http",
    "The request does not come to its end",
    "The line is very bad, the station hangs, or something holds the connection open on purpose. Check the cable and restart the station.",
  ),
  "plain-request": cause(
    true,
    "upgrade",
    "A plain HTTP request, no WebSocket",
    "A browser or a reachability test does this: the network works. If it was the station, type ws:// instead of http:// and choose OCPP JSON.",
  ),
  soap: cause(
    true,
    "upgrade",
    "The station speaks OCPP over SOAP",
    "Choose OCPP 1.6 JSON (OCPP-J) in the station, with an address that begins with ws://. SOAP is not spoken here.",
  ),
  "no-connection-upgrade": cause(
    false,
    "upgrade",
    "The handshake lacks 'Connection: Upgrade'",
    "Accepted all the same. Autel's MaxiCharger does this; other central systems and proxies may refuse it.",
  ),
  "bad-handshake": cause(
    true,
    "upgrade",
    "The WebSocket handshake is incomplete",
    "Something that every WebSocket needs is missing or wrong. If there is a proxy in between, go around it. Otherwise ask the vendor, with the bytes.",
  ),
  "no-identity": cause(
    true,
    "identity",
    "The path holds no identity",
    "Add the station's identity at the end of the address in the station: ws://…/CP001.",
  ),
  "url-in-path": cause(
    false,
    "identity",
    "A whole URL was typed into a field for a path or an identity",
    "Accepted, with the identity at its end. In the station, type scheme, host and port into their own fields, and into this one no more than what comes after them.",
  ),
  "identity-in-query": cause(
    false,
    "identity",
    "The identity stands behind a question mark",
    "Accepted. OCPP wants it at the end of the path: type it there, as ws://…/CP001.",
  ),
  "double-slash": cause(
    false,
    "identity",
    "The path holds '//'",
    "Accepted. Remove the slash at the end of the address in the station if it appends its own.",
  ),
  "trailing-slash": cause(
    false,
    "identity",
    "The path ends in a slash",
    "Accepted. Remove the slash after the identity in the station: other central systems may find no identity there.",
  ),
  placeholder: cause(
    true,
    "identity",
    "A placeholder was left in the path",
    "Put the station's identity in place of it.",
  ),
  "doubled-identity": cause(
    false,
    "identity",
    "The identity stands twice in the path",
    "Accepted. The station appends its identity itself: leave it out of the address.",
  ),
  "endpoint-as-identity": cause(
    false,
    "identity",
    "The identity looks like a part of the address",
    "Accepted. If the station has an identity of its own, add it at the end of the address: ws://…/ocpp/CP001.",
  ),
  "identity-characters": cause(
    false,
    "identity",
    "The identity holds unusual characters, or is too long",
    "Accepted. OCPP allows letters, digits and * - _ = : + | @ . in it, 48 at most.",
  ),
  "credentials-missing": cause(
    true,
    "credentials",
    "No user name and password were sent",
    "Set the password in the station (the user name is its identity), or ask for none here under Access.",
  ),
  "credentials-wrong": cause(
    true,
    "credentials",
    "The password is wrong",
    "Set the same password here (under Access) and in the station. It is 16 to 40 characters long in 1.6, up to 64 in 2.x.",
  ),
  "credentials-hex": cause(
    false,
    "credentials",
    "The password came as hex digits where text was expected, or the other way round",
    "Good in tolerant mode. Enter the password in the other form, in the station or here under Access.",
  ),
  "credentials-empty": cause(
    true,
    "credentials",
    "The password is empty",
    "Set the password in the station, or ask for none here under Access.",
  ),
  "credentials-not-utf8": cause(
    false,
    "credentials",
    "The password is not UTF-8 text",
    "It is a binary key, and good if its bytes are right. Set it here under Access as hex.",
  ),
  "credentials-unreadable": cause(
    false,
    "credentials",
    "What was sent is no user name and password",
    "OCPP wants HTTP Basic: identity, colon and password in base64. If the station offers a choice of login, choose Basic. Otherwise ask the vendor.",
  ),
  "user-name": cause(
    false,
    "credentials",
    "The user name is not the identity",
    "Good in tolerant mode. Set the user name in the station to its identity.",
  ),
  "profile-too-low": cause(
    true,
    "credentials",
    "The station came with a lower security profile than it must",
    "Choose the profile that is asked for in the station, or a lower one here under Access.",
  ),
  "unknown-station": cause(
    true,
    "identity",
    "A station that is not on the list",
    "Unknown stations are refused. Let it in under Access, or change that in Settings.",
  ),
  "asked-first": cause(
    true,
    "identity",
    "A station that is not on the list waits for your decision",
    "Let it in or refuse it. It tries again by itself.",
  ),
  "station-refused": cause(
    true,
    "identity",
    "This station is refused here",
    "You chose to refuse it. Let it in under Access.",
  ),
  "too-many-links": cause(
    true,
    "identity",
    "No room for another connection",
    "So many connections are open already that no more are taken. Look for what opens them: a test tool, or a station that never closes its old ones. It goes on as soon as some have ended.",
  ),
  "too-many-new": cause(
    true,
    "identity",
    "Too many new identities",
    "New stations are held back for now; known ones always come in. Look for what invents the names. To take this one on at once, add its identity under Access.",
  ),
  busy: cause(
    true,
    "credentials",
    "Too many passwords wait to be checked",
    "Somebody tries many passwords at once. The station tries again by itself.",
  ),
  "no-subprotocol": cause(
    false,
    "subprotocol",
    "No OCPP subprotocol was offered",
    "Taken as OCPP 1.6. Other central systems may refuse it: choose the OCPP version in the station, if it can be chosen.",
  ),
  "unknown-subprotocol": cause(
    false,
    "subprotocol",
    "No subprotocol that we speak was offered",
    "Taken as OCPP 1.6. Choose OCPP 1.6, 2.0.1 or 2.1 in the station.",
  ),
  "subprotocol-case": cause(
    false,
    "subprotocol",
    "The subprotocol is written in another case",
    "Accepted. It is written in small letters: other central systems may refuse it.",
  ),
  "version-probe": cause(
    false,
    "subprotocol",
    "Several versions are tried one after the other",
    "Usual for some makes: a probe in one version comes before the real connection in another. Nothing to do if it stays connected then.",
  ),
  "closed-before-boot": cause(
    true,
    "open",
    "The station hung up before it sent a BootNotification",
    "It may want another OCPP version, or took our answer for a refusal. Look at Messages.",
  ),
  "no-boot": cause(
    false,
    "open",
    "No BootNotification yet",
    "Usual after a short break. It can be asked for with a trigger, or restart the station.",
  ),
  "boot-rejected": cause(
    false,
    "boot",
    "We answered its boot with Rejected",
    "That answer is set here. Change it under Access or in Settings.",
  ),
  "boot-pending": cause(
    false,
    "boot",
    "We answered its boot with Pending",
    "That answer is set here. Answer Accepted, under Access or in Settings, when you are ready.",
  ),
  "reconnect-loop": cause(
    false,
    "open",
    "The station connects again and again",
    "It does not like something about us, or something cuts the link. Look under Messages at what came last before each break; the gap tells which timer it is.",
  ),
  "ping-unanswered": cause(
    false,
    "open",
    "The station did not answer the WebSocket ping",
    "The link is dead, or the station cannot answer pings: set the ping to 0 in Settings.",
  ),
  "not-reading": cause(
    false,
    "open",
    "The station does not read what it is sent",
    "It asked, and did not take the answers, so that we ended the link. The station hangs, or the line is too slow: restart the station and check the line.",
  ),
  "over-limit": cause(
    false,
    "open",
    "A message was larger than the limit",
    "We ended the link. Its first bytes and its length are under Messages. Raise the limit in Settings if the station is right.",
  ),
  "slow-frame": cause(
    false,
    "open",
    "A message did not come to its end",
    "We ended the link. The line is very bad, or the station hangs in the middle of a message: check the cable or modem and restart the station.",
  ),
  "protocol-error": cause(
    false,
    "open",
    "The station sent what is no WebSocket frame",
    "We ended the link; the bytes are under Messages. Ask the vendor, with the bytes; a proxy in between can cause it too.",
  ),
  "same-identity": cause(
    false,
    "open",
    "Two connections with one identity",
    "The newer wins. If they come from two addresses, two stations have the same identity: change one.",
  ),
  refused: cause(
    true,
    "open",
    "Refused on purpose",
    "Fault injection is on for this station. Turn it off under Faults on purpose when the test is done.",
  ),
} as const satisfies Record<string, CauseText>;

export type CauseCode = keyof typeof causes;
