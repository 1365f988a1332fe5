import type { connection as en } from "../en/connection.ts";

export const connection: typeof en = {};
