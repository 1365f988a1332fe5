import type { common as en } from "../en/common.ts";

export const common: typeof en = {
  screens: {
    overview: "Översikt",
    meters: "Mätvärden",
    history: "Historik",
    messages: "Meddelanden",
    tokens: "Taggar",
    connection: "Anslutning",
    simulator: "Virtuell laddstation",
    settings: "Inställningar",
  },
};
