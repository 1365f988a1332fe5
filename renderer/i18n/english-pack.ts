import { english as words } from "../../src/words/english.ts";
import { english as catalogue } from "./catalogue.ts";

/** All that is said in English: by the screens, and by the core. */
export { catalogue, words };
