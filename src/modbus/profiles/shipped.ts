/// <reference types="vite/types/importMeta.d.ts" />
import type { Profile } from "../profile/model.ts";
import { readProfile } from "../profile/read-profile.ts";

/** The texts of the profiles that are shipped, by their file names; bundled with the core. */
const texts: Record<string, string> = import.meta.glob("./**/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

let read: Profile[] | null = null;

/** The profiles that are shipped, by name. Read once, when first asked for. */
export function shippedProfiles(): readonly Profile[] {
  read ??= Object.entries(texts)
    .map(([file, text]) => {
      const { profile, faults } = readProfile(text);
      if (!profile) throw new Error(`${file}: ${faults.map(({ line, path }) => `line ${line} ${path}`).join(", ")}`);
      return profile;
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  return read;
}
