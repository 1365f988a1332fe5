import { lazy } from "react";

/** Fetches the raw call; it does not come with the window. */
export const loadRawCall = () => import("./RawCall.tsx");

/** The raw call, fetched when it is opened for the first time. */
export const LazyRawCall = lazy(async () => ({ default: (await loadRawCall()).RawCall }));
