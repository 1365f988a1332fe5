/** Why the central system above is not reached. */
export const upstream = {
  unreachable: "nobody answers at this address and port",
  blocked: "a firewall or security program of this laptop does not let Plugside out",
  "unknown-host": "the name is not known; is the laptop on the internet?",
  "no-answer": "no answer in time; a firewall may be in between",
  "certificate-unknown": "its certificate is signed by an authority that is not known; add that authority below",
  "certificate-expired": "its certificate is expired or not yet valid; check the laptop's clock",
  "certificate-name": "its certificate is for another name",
  tls: "the TLS handshake failed; does it speak wss on this port?",
  unauthorized: "user name or password is refused (401)",
  refused: "it refuses this station",
  "no-websocket": "there is a web server, but no WebSocket at this path",
  subprotocol: "it does not speak the station's version of OCPP",
  "not-reading": "it does not read what it is sent",
  "bad-message": "it sent a message that is too large, does not end, or is no WebSocket frame",
  closed: "it closed the connection",
  failed: "the connection failed",
};
