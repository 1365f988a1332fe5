import type { LineFraming } from "../../../station/model.ts";
import { encodeCobs, readCobs } from "./cobs.ts";
import type { Deframer } from "./framing.ts";
import { encodeLength, readLengths } from "./length-prefixed.ts";
import { encodeLine, readLines } from "./lines.ts";
import { encodeSlip, readSlip } from "./slip.ts";

type Codec = {
  /** @param check whether a line bears its check; the others always do */
  encode(data: Uint8Array, check: boolean): Uint8Array;
  /** @param limit the longest message, bytes */
  reader(limit: number): Deframer;
};

/** A framing without its two ways does not compile. */
export const codecs: Record<LineFraming, Codec> = {
  lines: { encode: encodeLine, reader: readLines },
  length: { encode: encodeLength, reader: readLengths },
  slip: { encode: encodeSlip, reader: readSlip },
  cobs: { encode: encodeCobs, reader: readCobs },
};
