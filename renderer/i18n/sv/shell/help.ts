import type { help as en } from "../../en/shell/help.ts";

export const help: typeof en = {
  title: "Hjälp",
  words: "Ord på den här skärmen",
  glossary: "Alla ord",
  thisScreen: "Hjälp för skärmen som visas",
  keys: "Tangenter",
  failed: "Hjälpen kunde inte hämtas.",
  keyHelp: "visa den här hjälpen",
  keyScreens: "gå till en skärm",
  keyFilter: "till skärmens filter",
  keyWalk: "gå i en lista",
  keyChart: "flytta markören i ett diagram",
  keyOpen: "öppna",
  keyClose: "stäng detaljerna",
  keyPalette: "hitta kommando, skärm eller laddstation",
};
