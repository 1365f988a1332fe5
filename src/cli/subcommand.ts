/** A subcommand: its arguments in, an exit code out. */
export type Subcommand = { usage: string; summary: string; run: (args: string[]) => Promise<number> };
