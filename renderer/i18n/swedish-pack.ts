import { swedish as words } from "../../src/words/swedish.ts";
import { swedish as catalogue } from "./swedish.ts";

/** All that is said in Swedish: by the screens, and by the core. */
export { catalogue, words };
