// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
import { Palette } from "./Palette.tsx";

/** The dialog has not come yet: it is handed over by the test. */
const loading = vi.hoisted(() => ({ come: () => undefined as unknown, asked: 0 }));
vi.mock("./PaletteDialog.tsx", async () => {
  loading.asked++;
  await new Promise((come) => {
    loading.come = () => come(null);
  });
  return {
    PaletteDialog: ({ typed, onClose }: { typed: { current: string }; onClose: () => void }) => (
      <button type="button" onClick={onClose}>{`typed "${typed.current}"`}</button>
    ),
  };
});
screensForFile();

const heard: string[] = [];
window.addEventListener("keydown", ({ key }) => heard.push(key));
/** Presses a key; true where it means nothing to anybody else. */
const press = (key: string, more: KeyboardEventInit = {}) => {
  heard.length = 0;
  return !fireEvent.keyDown(document.body, { key, bubbles: true, ...more }) && heard.length === 0;
};

test("the palette is fetched a second after the first screen, where that is still there", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const asked = async (ms: number) => {
    vi.advanceTimersByTime(ms);
    await vi.dynamicImportSettled();
    return loading.asked;
  };
  const { unmount } = render(<Palette />);
  unmount();
  expect(await asked(5000)).toBe(0);
  render(<Palette />);
  expect(await asked(999)).toBe(0);
  vi.advanceTimersByTime(1);
  vi.useRealTimers();
  await expect.poll(() => loading.asked).toBe(1);
});

test("what is typed before the palette has come is not lost, and means nothing to the screen behind", async () => {
  const screen = await show(<Palette />, {});
  expect(press("x")).toBe(false);
  for (const more of [{}, { ctrlKey: true, altKey: true }, { ctrlKey: true, shiftKey: true }]) press("k", more);
  expect(screen.says()).toEqual([]);
  press("K", { metaKey: true });
  expect(["4", "Backspace", "s", "t", "Shift", "o", "x", "Backspace"].every((key) => press(key))).toBe(true);
  expect(press("r", { ctrlKey: true })).toBe(false);
  loading.come();
  await expect.poll(() => screen.says()).toEqual(['[typed "sto"]']);
  await screen.press(/^typed/);
  expect(screen.says()).toEqual([]);
  press("k", { ctrlKey: true });
  await expect.poll(() => screen.says()).toEqual(['[typed ""]']);
  press("k", { ctrlKey: true });
  await expect.poll(() => screen.says()).toEqual([]);
  cleanup();
  press("k", { ctrlKey: true });
  expect(press("4")).toBe(false);
});

test("Escape takes the wish back while it is on its way, and nothing typed before comes again", async () => {
  const screen = await show(<Palette />, {});
  for (const key of ["4", "Escape"]) {
    press("k", { ctrlKey: true });
    press(key);
  }
  expect(screen.says()).toEqual([]);
});
