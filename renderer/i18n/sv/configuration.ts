import type { configuration as en } from "../en/configuration.ts";

export const configuration: typeof en = {
  intro:
    "Det laddstationen har berättat om hur den är inställd: varje värde med tiden då det kom. Lösenord visas inte.",
  loading: "Läser konfigurationen",
  failed: "Konfigurationen kunde inte läsas.",
  read: "Läs konfigurationen",
  none: "Laddstationen har inte berättat något än",
  noneHint: "”Läs konfigurationen” frågar efter allt. En stor laddstation behöver någon minut för svaret.",
  filter: "Filtrera på namn, plats eller värde",
  count_one: "{{count}} värde",
  count_other: "{{count}} värden",
  found_one: "{{found}} av {{count}} värde",
  found_other: "{{found}} av {{count}} värden",
  noMatch: "Inget värde passar ”{{text}}”",
  unknown: "Laddstationen känner inte till: {{keys}}",
  beyond_one: "Laddstationen berättade {{count}} värde mer än vad som sparas.",
  beyond_other: "Laddstationen berättade {{count}} värden fler än vad som sparas.",
  name: "Namn",
  value: "Värde",
  access: "Åtkomst",
  told: "Berättat",
  notTold: "inte berättat",
  hidden: "går inte att läsa",
  empty: "tomt",
  mutability: { ReadOnly: "kan bara läsas", ReadWrite: "kan ändras", WriteOnly: "kan bara skrivas" },
};
