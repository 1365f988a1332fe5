import type { logPhrases as en } from "../en/log-phrases.ts";

/** Varför en logg inte går att läsa, eller vad som är ovanligt i den. */
export const logPhrases: Record<keyof typeof en, string> = {
  "log-no-file": "Det finns ingen fil {{name}}.",
  "log-not-a-file": "{{name}} är ingen fil.",
  "log-no-part": "Det finns ingen del {{id}} i filen.",
  "log-unreadable": "{{name}} går inte att läsa: {{why}}",
  "log-too-deep": "Arkiv i varandra följs {{limit}} led, och här är det fler. Packa upp det för hand.",
  "log-too-many-entries": "Arkivet har fler än {{limit}} poster: de övriga visas inte. Packa upp det för hand.",
  "log-too-dense":
    "Det skulle bli mer än {{limit}} byte av varje byte: ingen logg packas så väl, och arkivet kan vara gjort för att fylla disken. Det packas inte upp längre än så.",
  "log-too-large":
    "Det skulle bli mer än {{limit, number}} byte av filen. Den packas inte upp längre än så; packa upp den för hand.",
  "log-entry-too-large":
    "Posten skulle ta mer än {{limit, number}} byte minne. Packa upp den för hand, och öppna det som blir.",
  "log-dictionary-too-large":
    "Att packa upp den tar {{size, number}} byte minne; högst {{limit, number}} ges. Packa upp den för hand.",
  "log-packing-unknown": "Den är packad på ett sätt som inte läses här ({{packing}}). Packa upp den för hand.",
  "log-encrypted": "Den är krypterad. Packa upp den för hand, med dess lösenord.",
  "log-damaged": "Arkivet är skadat ({{format}}): det som gick att läsa före felet visas.",
  "log-cut": "Arkivet slutar för tidigt ({{format}}), som efter en avbruten uppladdning: det som finns visas.",
  "log-closed": "Loggen är inte öppen längre. Öppna den igen.",
  "log-no-text": "Det här är ingen text: den läses byte för byte.",
  "log-search-replaced": "En annan sökning började.",
  "log-search-long": "En sökning tar högst {{limit}} tecken.",
  "log-search-no-pattern": "Det är inget reguljärt uttryck: ”{{error}}”",
  "log-search-stuck":
    "Sökningen tar för lång tid på ett ställe: vissa uttryck tar aldrig slut. Skriv det enklare, med färre * och + i varandra.",
};
