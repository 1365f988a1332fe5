/** Our own words in the place of a finding, in Swedish; names of OCPP and paths in a payload stand as they are. */
export const places: Readonly<Record<string, string>> = {
  answer: "svar",
  context: "sammanhang",
  end: "slut",
  frame: "meddelande",
  link: "förbindelse",
  start: "start",
  transaction: "transaktion",
  upstream: "uppströms",
};
