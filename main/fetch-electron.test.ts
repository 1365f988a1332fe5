import { mkdtempSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchElectron } from "./launch/fetch-electron.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plugside-fetch-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hour = 3_600_000;

/** What was tried, and what it told. */
function setUp({ network = true, code = 0, output = "" } = {}) {
  const tried: string[] = [];
  const ask = (more: { asked?: boolean; env?: NodeJS.ProcessEnv; now?: number } = {}) =>
    fetchElectron(root, "node", {
      asked: false,
      env: {},
      async reach(url) {
        tried.push(url);
        return network;
      },
      async download() {
        tried.push("download");
        return { code, output, seconds: 1 };
      },
      ...more,
    });
  return { ask, tried };
}

describe("the Electron binary", () => {
  it("is fetched where there is a network", async () => {
    const { ask, tried } = setUp();
    expect(await ask()).toBe(null);
    expect(tried).toEqual(["https://github.com/", "download"]);
  });

  it("is not without one, which is one line", async () => {
    const { ask, tried } = setUp({ network: false });
    expect(await ask({ env: { ELECTRON_MIRROR: "http://mirror.test:8080/e/" } })).toBe(
      "No desktop window: the Electron binary cannot be fetched, mirror.test:8080 did not answer. `npm start -- --fetch` tries again.",
    );
    expect(tried).toEqual(["http://mirror.test:8080/e/"]);
  });

  it("comes from the mirror that is named, and says so where its download tells nothing", async () => {
    const { ask, tried } = setUp({ code: 1, output: " \n" });
    expect(await ask({ env: { npm_config_electron_mirror: "mirror.test" } })).toMatch(/\(it ended without a word\)/);
    const unreached = setUp({ network: false });
    const env = { ELECTRON_MIRROR: "no url", npm_config_electron_mirror: "http://other.test/" };
    expect(await unreached.ask({ env, now: Date.now() + 48 * hour })).toMatch(
      /cannot be fetched, no url did not answer/,
    );
    expect([...tried, ...unreached.tried]).toEqual(["mirror.test", "download", "no url"]);
  });

  it("is tried once a day, and whenever it is asked for, then without a look at the network", async () => {
    const { ask, tried } = setUp({ network: false, code: 1, output: "at x\nChecksum mismatch\n" });
    await ask();
    const stamp = join(root, "node_modules/.cache/plugside-window");
    const at = statSync(stamp).mtimeMs;
    expect(await ask({ now: at + 23 * hour })).toMatch(/has not been fetched\. `npm start -- --fetch` tries again\.$/);
    expect(tried).toHaveLength(1);
    expect(await ask({ now: at + hour, asked: true })).toBe(
      "No desktop window: the Electron binary could not be fetched (Checksum mismatch). `npm start -- --fetch` tries again.",
    );
    expect(tried).toEqual(["https://github.com/", "download"]);
    utimesSync(stamp, at / 1000, at / 1000);
    await ask({ now: at + 25 * hour });
    expect(tried).toHaveLength(3);
    // Set back by a month.
    utimesSync(stamp, at / 1000, at / 1000);
    await ask({ now: at - 700 * hour });
    expect(tried).toHaveLength(4);
  });
});
