/** The languages of the shell itself; the screens have their own texts. */
export type Language = "en" | "sv";

/** What the shell says outside the screens: menu, dialogs, the page for a core that does not start. */
export type Words = {
  about: string;
  services: string;
  hide: string;
  hideOthers: string;
  showAll: string;
  quit: string;
  file: string;
  openInBrowser: string;
  showDataFolder: string;
  showLog: string;
  closeWindow: string;
  edit: string;
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  selectAll: string;
  view: string;
  reload: string;
  zoomIn: string;
  zoomOut: string;
  actualSize: string;
  fullScreen: string;
  developerTools: string;
  window: string;
  minimize: string;
  help: string;
  saveAs: string;
  notOpened: (path: string) => string;
  troubleTitle: string;
  troubleText: (times: number) => string;
  troubleCure: string;
  troubleReason: string;
  dataFolder: string;
};

const english: Words = {
  about: "About Plugside",
  services: "Services",
  hide: "Hide Plugside",
  hideOthers: "Hide others",
  showAll: "Show all",
  quit: "Quit Plugside",
  file: "File",
  openInBrowser: "Open in the browser",
  showDataFolder: "Show the data folder",
  showLog: "Show Plugside's log",
  closeWindow: "Close window",
  edit: "Edit",
  undo: "Undo",
  redo: "Redo",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  selectAll: "Select all",
  view: "View",
  reload: "Reload",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  actualSize: "Actual size",
  fullScreen: "Full screen",
  developerTools: "Developer tools",
  window: "Window",
  minimize: "Minimize",
  help: "Help",
  saveAs: "Save as",
  notOpened: (path) => `Plugside cannot open this file: ${path}`,
  troubleTitle: "Plugside does not start",
  troubleText: (times) =>
    `The part that talks to the stations has ended ${times} times within minutes. It is tried again after a while.`,
  troubleCure:
    "What was answered is on record. Check that the disk is not full and that the data folder can be written, or restart Plugside.",
  troubleReason: "Last reason",
  dataFolder: "Data folder",
};

const swedish: Words = {
  about: "Om Plugside",
  services: "Tjänster",
  hide: "Göm Plugside",
  hideOthers: "Göm övriga",
  showAll: "Visa alla",
  quit: "Avsluta Plugside",
  file: "Arkiv",
  openInBrowser: "Öppna i webbläsaren",
  showDataFolder: "Visa datamappen",
  showLog: "Visa driftloggen",
  closeWindow: "Stäng fönstret",
  edit: "Redigera",
  undo: "Ångra",
  redo: "Gör om",
  cut: "Klipp ut",
  copy: "Kopiera",
  paste: "Klistra in",
  selectAll: "Markera allt",
  view: "Visa",
  reload: "Läs in igen",
  zoomIn: "Zooma in",
  zoomOut: "Zooma ut",
  actualSize: "Verklig storlek",
  fullScreen: "Helskärm",
  developerTools: "Utvecklarverktyg",
  window: "Fönster",
  minimize: "Minimera",
  help: "Hjälp",
  saveAs: "Spara som",
  notOpened: (path) => `Plugside kan inte öppna den här filen: ${path}`,
  troubleTitle: "Plugside startar inte",
  troubleText: (times) =>
    `Delen som talar med stationerna har avslutats ${times} gånger inom några minuter. Nya försök görs efter en stund.`,
  troubleCure:
    "Det som har besvarats är sparat. Kontrollera att disken inte är full och att datamappen går att skriva i, eller starta om Plugside.",
  troubleReason: "Senaste orsak",
  dataFolder: "Datamapp",
};

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return language === "sv" ? swedish : english;
}

/** The first language of the user's list that we have; English where there is none.
 * @param preferred BCP 47 tags, most wanted first */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "sv" || primary === "en") return primary;
  }
  return "en";
}
