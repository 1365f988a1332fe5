import { lazy } from "react";

/** Fetches the help; it does not come with the window. */
export const loadHelpPage = () => import("./HelpPage.tsx");

/** The help, fetched when it is opened for the first time. */
export const Help = lazy(async () => ({ default: (await loadHelpPage()).HelpPage }));
