// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { notify } from "./notify.ts";

const news = { identity: "CP-7\u202e", body: "Faulted", place: "#/overview?station=CP-7" };
type Shown = {
  title: string;
  body?: string;
  silent?: boolean | null;
  tag?: string;
  onclick?: () => void;
  close(): void;
};
let shown: Shown[] = [];
let tones = 0;
let closed = 0;

beforeEach(() => {
  shown = [];
  tones = closed = 0;
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  allow("granted");
  vi.stubGlobal("navigator", { userActivation: { hasBeenActive: true } });
  const level = { connect: () => undefined, gain: { setValueAtTime() {}, linearRampToValueAtTime() {} } };
  const tone = { frequency: { setValueAtTime() {} }, connect: () => level, start: () => tones++, stop() {} };
  vi.stubGlobal(
    "AudioContext",
    class {
      currentTime = 0;
      createOscillator = () => tone;
      createGain = () => level;
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function allow(permission: NotificationPermission): void {
  function Notice(this: Shown, title: string, options: NotificationOptions) {
    Object.assign(this, { title, ...options, close: () => closed++ });
    shown.push(this);
  }
  vi.stubGlobal("Notification", Object.assign(Notice, { permission }));
}

it("tells who it is about, with nothing unseen in it, and without a sound of the system's", () => {
  notify("silent", { ...news, body: "Faulted \u202eX" });
  expect(shown).toMatchObject([{ title: "CP-7\\u202e", body: "Faulted \\u202eX", silent: true, tag: "CP-7\u202e" }]);
  expect(tones).toBe(0);
});

it("says nothing while the window is looked at, or where that is not wished for", () => {
  notify("off", news);
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  notify("sound", news);
  expect([shown, tones]).toEqual([[], 0]);
});

it("sounds where that is wished for, also where the system may show nothing", () => {
  notify("sound", news);
  allow("denied");
  notify("sound", news);
  expect([shown.length, tones]).toEqual([1, 2]);
  vi.stubGlobal("navigator", { userActivation: { hasBeenActive: false } });
  notify("sound", news);
  expect(tones).toBe(2);
});

it("leads to its place and brings the window before one at a click", () => {
  const focus = vi.spyOn(window, "focus").mockImplementation(() => undefined);
  notify("silent", news);
  shown[0]?.onclick?.();
  expect(window.location.hash).toMatch(/^#\/overview\?station=CP-7&notice=\d+$/);
  expect([focus.mock.calls.length, closed]).toEqual([1, 1]);
});
