import packageJson from "../../../../package.json" with { type: "json" };

/** The version of Plugside. */
export const version: string = packageJson.version;
