import type { files as en } from "../en/files.ts";

export const files: typeof en = {
  read: "Läs den",
  intro:
    "Det som sparas med laddstationen: dess loggar, ett foto av märkskylten, en konfiguration. Det stannar på den här datorn och skickas ingenstans av sig självt.",
  loading: "Läser filerna",
  failed: "Filerna kunde inte läsas.",
  add: "Lägg till filer",
  none: "Ingen fil är sparad med laddstationen",
  noneHint: "”Lägg till filer” sparar en kopia.",
  name: "Namn",
  size: "Storlek",
  at: "Kom",
  state: "Tillstånd",
  station: "Laddstation",
  note: "Anteckning",
  states: { coming: "är på väg", whole: "hel", partial: "bröts av, en del finns" },
  save: "Spara en kopia",
  removeSentence: "Tar bort filen för gott.",
  notKept: "{{name}} sparades inte: {{why}}",
  broken: "förbindelsen med Plugsides kärna bröts",
  notSaved: "Filen sparades inte.",
  notRemoved: "Filen togs inte bort.",
  notChanged: "Ändringen sparades inte.",
};
