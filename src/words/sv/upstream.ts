import type { upstream as en } from "../en/upstream.ts";

export const upstream: typeof en = {
  unreachable: "ingen svarar på den adressen och porten",
  blocked: "en brandvägg eller ett säkerhetsprogram på datorn släpper inte ut Plugside",
  "unknown-host": "namnet är okänt; har datorn internet?",
  "no-answer": "inget svar i tid; det kan finnas en brandvägg emellan",
  "certificate-unknown": "certifikatet är undertecknat av en okänd utfärdare; lägg till utfärdaren nedan",
  "certificate-expired": "certifikatet har gått ut eller gäller inte än; kontrollera datorns klocka",
  "certificate-name": "certifikatet gäller ett annat namn",
  tls: "TLS-handskakningen misslyckades; talar den wss på porten?",
  unauthorized: "användarnamn eller lösenord nekas (401)",
  refused: "det nekar laddstationen",
  "no-websocket": "där finns en webbserver, men ingen WebSocket på den sökvägen",
  subprotocol: "det talar inte laddstationens version av OCPP",
  "not-reading": "det läser inte det som skickas",
  "bad-message": "det skickade ett meddelande som är för stort, inte tar slut eller inte är en WebSocket-ram",
  closed: "det stängde förbindelsen",
  failed: "förbindelsen misslyckades",
};
