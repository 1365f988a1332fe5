/** Our own words in the place of a finding, in Swedish; names of OCPP and paths in a payload stand as they are. */
export const places: Readonly<Record<string, string>> = {
  answer: "svar",
  connector: "uttag",
  context: "sammanhang",
  end: "slut",
  events: "händelser",
  frame: "meddelande",
  link: "förbindelse",
  samples: "mätvärden",
  series: "serier",
  start: "start",
  transaction: "transaktion",
  upstream: "uppströms",
};
