export const common = {
  screens: {
    overview: "Overview",
    meters: "Meters",
    history: "History",
    messages: "Messages",
    tokens: "Tokens",
    connection: "Connection",
    simulator: "Virtual station",
    settings: "Settings",
  },
};
