import { useEffect, useState } from "react";
import type { Spoken } from "../../../src/lib/words.ts";
import { whyOf } from "../../../src/station/failure.ts";
import { useLanguage } from "../../i18n/index.ts";
import { loadHelp } from "./load.ts";
import type { HelpContent } from "./model.ts";

/** The help in the language on screen; null while it is fetched, and why where it cannot be. */
export function useHelp(): { help: HelpContent | null; failed: Spoken | null } {
  const language = useLanguage();
  const [fetched, setFetched] = useState<{ of: string; help: HelpContent | null; failed: Spoken | null }>(nothing);
  useEffect(() => {
    let current = true;
    loadHelp(language).then(
      (help) => current && setFetched({ of: language, help, failed: null }),
      (thrown: unknown) => current && setFetched({ of: language, help: null, failed: whyOf(thrown) }),
    );
    return () => {
      current = false;
    };
  }, [language]);
  return fetched.of === language ? fetched : nothing;
}

const nothing = { of: "", help: null, failed: null };
