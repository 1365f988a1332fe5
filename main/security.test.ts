import { describe, expect, it } from "vitest";
import { asContents, asSession, ContentsStandIn, refusable, SessionStandIn } from "../test/shell/electron-stand-in.ts";
import { isAllowedOutside, isOwn, lockNavigation, lockPermissions } from "./security.ts";

const home = "http://127.0.0.1:4100/open/first";

describe("permissions", () => {
  function locked(at: string | null = home) {
    const session = new SessionStandIn();
    lockPermissions(asSession(session), () => at);
    const ask = (permission: string, requestingUrl: string) => {
      const answers: boolean[] = [];
      session.request?.(null, permission, (granted) => answers.push(granted), { requestingUrl });
      return answers;
    };
    return { session, ask };
  }

  it.each(["media", "geolocation", "midi", "fullscreen", "openExternal", "clipboard-read", "serial"])(
    "denies %s to our own page",
    (permission) => {
      const { session, ask } = locked();
      expect(ask(permission, "http://127.0.0.1:4100/")).toEqual([false]);
      expect(session.check?.(null, permission, "http://127.0.0.1:4100")).toBe(false);
      expect(session.device?.()).toBe(false);
    },
  );

  it("lets our own page, and no other, tell of stations by the system's notices", () => {
    const { session, ask } = locked();
    expect(ask("notifications", "http://127.0.0.1:4100/")).toEqual([true]);
    expect(session.check?.(null, "notifications", "http://127.0.0.1:4100")).toBe(true);
    expect(ask("notifications", "http://127.0.0.1:4101/")).toEqual([false]);
    expect(ask("notifications", "https://example.org/")).toEqual([false]);
  });

  it("lets our own page, and no other, fill the clipboard", () => {
    const { session, ask } = locked();
    expect(ask("clipboard-sanitized-write", "http://127.0.0.1:4100/")).toEqual([true]);
    expect(ask("clipboard-sanitized-write", "http://127.0.0.1:4101/")).toEqual([false]);
    expect(session.check?.(null, "clipboard-sanitized-write", "https://example.com")).toBe(false);
    expect(locked(null).ask("clipboard-sanitized-write", "http://127.0.0.1:4100/")).toEqual([false]);
  });
});

describe("navigation", () => {
  function locked() {
    const contents = new ContentsStandIn();
    const outside: string[] = [];
    lockNavigation(
      asContents(contents),
      () => home,
      (url) => outside.push(url),
    );
    const go = (url: string, isMainFrame = true) => {
      const event = refusable({ url, isMainFrame });
      contents.emit("will-frame-navigate", event);
      return event.defaultPrevented ? "refused" : "allowed";
    };
    return { contents, outside, go };
  }

  it.each([
    ["http://127.0.0.1:4100/#/messages", "allowed"],
    ["http://127.0.0.1:4101/", "refused"],
    ["http://localhost:4100/", "refused"],
    ["https://127.0.0.1:4100/", "refused"],
    ["http://127.0.0.1:4100@example.com/", "refused"],
    ["file:///etc/passwd", "refused"],
    ["data:text/html,hello", "refused"],
    ["javascript:alert(1)", "refused"],
    ["about:blank", "refused"],
  ])("%s is %s", (url, verdict) => {
    const { go, outside } = locked();
    expect(go(url)).toBe(verdict);
    expect(outside).toEqual([]);
  });

  it("refuses a redirect away from the core, and a web view", () => {
    const { contents } = locked();
    const away = refusable({ url: "http://example.com/" });
    const within = refusable({ url: "http://127.0.0.1:4100/" });
    const view = refusable({});
    contents.emit("will-redirect", away);
    contents.emit("will-redirect", within);
    contents.emit("will-attach-webview", view);
    expect([away, within, view].map((event) => event.defaultPrevented)).toEqual([true, false, true]);
  });

  it("opens a listed https page in the system's browser, from the page itself only", () => {
    const { go, outside } = locked();
    expect(go("https://openchargealliance.org/protocols", false)).toBe("refused");
    expect(outside).toEqual([]);
    expect(go("https://openchargealliance.org/protocols")).toBe("refused");
    expect(outside).toEqual(["https://openchargealliance.org/protocols"]);
  });

  it("never opens a window", () => {
    const { contents, outside } = locked();
    const urls = ["https://openchargealliance.org/", "https://example.com/", "http://127.0.0.1:4100/"];
    expect(urls.map((url) => contents.openHandler?.({ url }))).toEqual(urls.map(() => ({ action: "deny" })));
    expect(outside).toEqual(["https://openchargealliance.org/"]);
  });
});

it.each([
  "http://openchargealliance.org/",
  "https://openchargealliance.org:8443/",
  "https://user@openchargealliance.org/",
  "https://openchargealliance.org.example.com/",
  "https://example.com/openchargealliance.org",
  "file://openchargealliance.org/share",
  "not a link",
])("hands %s to no browser", (url) => {
  expect(isAllowedOutside(url)).toBe(false);
});

it("hands the standard's own pages to the browser, with www or without", () => {
  for (const host of ["openchargealliance.org", "www.openchargealliance.org"])
    expect(isAllowedOutside(`https://${host}/protocols/#a`)).toBe(true);
});

it("takes a blob of our own page as ours", () => {
  expect(isOwn("blob:http://127.0.0.1:4100/1b9e", home)).toBe(true);
  expect(isOwn("blob:http://127.0.0.1:4101/1b9e", home)).toBe(false);
  expect(isOwn("data:text/plain,x", "data:text/plain,x")).toBe(false);
});
