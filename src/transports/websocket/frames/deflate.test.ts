import { expect, it } from "vitest";
import { offeredDeflate } from "./deflate.ts";

it.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ["", undefined],
  ["permessage-deflate", "permessage-deflate"],
  ["Permessage-Deflate ; client_max_window_bits", "permessage-deflate; client_max_window_bits"],
  ['permessage-deflate; server_max_window_bits="10"', "permessage-deflate; server_max_window_bits=10"],
  [
    "x-webkit-deflate-frame, permessage-deflate; client_no_context_takeover",
    "permessage-deflate; client_no_context_takeover",
  ],
  ["permessage-deflate; unknown=1, permessage-deflate", "permessage-deflate"],
  ["permessage-deflate; server_max_window_bits", undefined],
  ["permessage-deflate; server_max_window_bits=16", undefined],
  ["permessage-deflate; client_no_context_takeover; client_no_context_takeover", undefined],
  ["permessage-deflate; client_no_context_takeover=1", undefined],
  ["permessage-bzip2", undefined],
  [';;,=,"', undefined],
])("reads the offer %j as %j", (header, offer) => {
  expect(offeredDeflate(header)).toBe(offer);
});
