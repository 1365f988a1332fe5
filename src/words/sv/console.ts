import type { consoleEvents as enEvents, consolePhrases as enPhrases } from "../en/console.ts";

/** What the core says of consoles, in Swedish. */
export const consolePhrases: Record<keyof typeof enPhrases, string> = {
  "console-opened": "Öppnad: {{port}}, {{baud}} baud, {{frame}}.",
  "console-opened-plain": "Öppnad: {{port}}.",
  "console-closed": "Stängd.",
  "console-signals": "Satt för hand: DTR {{dtr}}, RTS {{rts}}.",
  "signal-on": "på",
  "signal-off": "av",
  "console-break": "Ett break på {{ms}} ms skickades.",
  "console-takes-nothing":
    "{{port}} tar inte emot mer: flödeskontrollen håller igen, eller så läser ingen i andra änden.",
  "console-no-signals": "{{port}} har varken DTR, RTS eller break: den för bara byte vidare. rfc2217:// har dem.",
  "port-no-signals": "{{port}} sätter inte DTR, RTS eller break: systemet säger ”{{error}}”",
  "console-unrecorded": "Loggen kan inte skrivas, så inget läses: {{why}}",
  "console-open": "{{port}} är redan en konsol.",
  "console-too-many": "Högst {{most}} konsoler samtidigt.",
  "console-no-commands": "En laddstation som läses över sin konsol tar inga kommandon härifrån.",
  "console-no-profile": "Det finns ingen konsolprofil {{name}}. Det finns: {{names}}.",
  "console-profile-station": "En profil gör konsolen till en laddstation: ange laddstationen.",
  "console-station-online": "{{identity}} är ansluten på ett annat sätt.",
  "console-frames-left":
    "Fler OCPP-meddelanden skrivs ut än som tas in i Meddelanden ({{most}} i sekunden i längden): en del finns bara bland det som kom.",
  "console-unknown": "{{port}} är ingen konsol.",
};

/** What a console told, in Swedish. */
export const consoleEvents: typeof enEvents = {
  linkOpenedConsole: "Laddstationen svarar på sin konsol på {{port}}",
  consoleStarted: "Konsolen: {{who}} startade",
  consoleReset: "Konsolen: {{who}} startade om ({{cause}})",
  consoleGoingDown: "Konsolen: {{who}} stänger av eller startar om",
  consolePanic: "Konsolen: {{who}} kraschade",
  consoleOops: "Konsolen: ett fel i kärnan hos {{who}}",
  consoleWatchdog: "Konsolen: {{who}} stoppades av sin watchdog",
  consoleBrownout: "Konsolen: matningen till {{who}} sjönk för lågt",
  consoleHang: "Konsolen: {{who}} hänger sig",
  consoleMemory: "Konsolen: {{who}} fick slut på minne och avslutade ett program",
  consoleStorage: "Konsolen: {{who}} har problem med sin lagring",
  consoleBootFailed: "Konsolen: {{who}} kan inte starta det som finns på lagringen",
  consoleLoop: "Konsolen: {{who}} startar om gång på gång",
  consoleOther: "Konsolen: {{who}} berättade något",
  consoleDetail: "{{value}}",
  consoleAgain: "{{count}} till av samma slag sedan det senast visades",
  consoleHeard:
    "Konsolen: OCPP-meddelanden skrivs ut; de finns i Meddelanden, och Plugside svarar inte på något av dem",
  onConsole: "på konsolen {{port}}",
  systemEsp32: "ESP32:n",
  systemEsp8266: "ESP8266:n",
  systemStm32: "STM32:n",
  systemZephyr: "Zephyr",
  systemLinux: "Linux",
  systemUBoot: "U-Boot",
  systemDevice: "enheten",
  resetPowerOn: "strömmen slogs på",
  resetSoftware: "av sin programvara",
  resetWatchdog: "av sin watchdog",
  resetBrownout: "matningen sjönk för lågt",
  resetExternal: "utifrån: knapp, stift eller felsökare",
  resetDeepSleep: "väckt ur djupsömn",
  resetLowPower: "ur ett strömsparläge",
  resetOther: "orsaken känner vi inte",
};
