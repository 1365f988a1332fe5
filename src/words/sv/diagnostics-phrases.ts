import type { diagnosticsPhrases as english } from "../en/diagnostics-phrases.ts";

/** What became of a request for a log, and what was seen at both ends, in Swedish. */
export const diagnosticsPhrases: Record<keyof typeof english, string> = {
  "log-received": "Loggen är här: {{name}}, {{bytes, number}} byte, med {{protocol}}.",
  "log-unsupported": "Laddstationen har inte den här funktionen.",
  "log-unsupported-cure": "Be om den andra loggen, eller hämta den med tillverkarens egen sida eller verktyg.",
  "log-refused": "Laddstationen avböjde varje sätt att ladda upp som finns här.",
  "log-refused-cure":
    "Svaren står vid varje sätt. Den kan vara upptagen med en annan uppladdning, eller bara godta en plats som är inställd i den.",
  "log-broken-off": "Loggen bröts av: {{bytes, number}} byte av den är här och sparas.",
  "log-broken-off-cure": "Be igen, med kabel om det gick trådlöst. Det som är här kan redan läsas.",
  "log-offline": "Laddstationen är inte ansluten.",
  "log-offline-cure": "Be igen när den är tillbaka.",
  "log-canceled": "Begäran avbröts här.",
  "log-superseded": "En senare begäran tog dess plats.",
  "log-nothing-came": "Laddstationen åtog sig det, och ingenting kom.",
  "log-cure-data":
    "Den loggade in, men dataanslutningen blev inte av: släpp igenom Plugside i brandväggen med alla portar, eller pröva HTTP.",
  "log-cure-login":
    "Den kom med en annan inloggning än den fick: den kanske kapar eller ändrar adressen. Pröva HTTP, som inte behöver någon.",
  "log-cure-closed": "Ingen port kunde öppnas här: avsluta det som använder den och försök igen.",
  "log-cure-began":
    "Den började och blev inte klar: vad som sågs står vid varje sätt. Försök igen, med en kortare tid eller ett annat protokoll.",
  "log-cure-unreached":
    "Den säger att uppladdningen misslyckades, och ingenting nådde oss: se efter om brandväggen släpper igenom den till {{place}}.",
  "log-cure-silent":
    "Den sade inget mer. Den kanske inte har någon logg för tiden, eller packar ännu: be igen, med längre väntan.",
  "log-no-port": "Ingen port går att få för det: {{why}}",
  "log-over": "Den här begäran är över.",
  "no-log-request": "Det finns ingen begäran {{id}}.",
  "seen-status": "Den säger: {{status}}.",
  "seen-login": "Den loggade in från {{from}}.",
  "seen-wrong-login": "Någon på {{from}} kom med fel användare eller lösenord ({{user}}).",
  "seen-data-opened": "Dataanslutningen är öppen ({{at}}).",
  "seen-data-failed-passive":
    "Den loggade in, och ingen dataanslutning kom till {{at}}: den passiva adressen går inte att nå.",
  "seen-data-failed-active": "Den loggade in, och dess egen adress för data, {{at}}, gick inte att nå.",
  "seen-stored": "{{name}} kom helt, {{bytes, number}} byte.",
  "seen-part": "{{bytes, number}} av {{total, number}} byte av {{name}} är här.",
  "seen-broken-off": "{{name}} bröts av efter {{bytes, number}} byte: {{why}}",
  "seen-refused": "{{name}} togs inte emot: {{why}}",
  "seen-again": "Plugside startades om; den väntar ännu.",
  "seen-superseded": "Den avbröt en uppladdning som pågick.",
};
