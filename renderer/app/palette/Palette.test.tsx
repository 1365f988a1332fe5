// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { CoreClient } from "../../../src/api/client.ts";
import { FailureError } from "../../../src/lib/contract.ts";
import { defaultSettings } from "../../../src/services/settings/contract.ts";
import { CoreProvider } from "../../core/core.tsx";
import { setLanguage, startLanguage } from "../../i18n/index.ts";
import { DrawerProvider } from "../../navigation/drawer.tsx";
import { Palette } from "./Palette.tsx";

beforeAll(async () => {
  await import("./PaletteDialog.tsx");
  await startLanguage();
  await setLanguage("en");
});
afterEach(() => {
  cleanup();
  window.location.hash = "";
});

/** A core with settings and no station; `answer` answers every call. */
function coreWith(answer: (name: string, input: unknown) => Promise<unknown>): CoreClient {
  const feeds: Record<string, unknown> = {
    "settings.values": defaultSettings,
    "stations.list": [],
    "simulator.list": [],
  };
  return {
    call: (name: string, input: unknown) => answer(name, input),
    watch(name: string, _input: unknown, onValue: (value: never, added: null) => void) {
      if (name in feeds) onValue(feeds[name] as never, null);
      return { stop() {} };
    },
    onState: () => ({ stop() {} }),
    state: "open",
    close() {},
  } as CoreClient;
}

async function show(answer: (name: string, input: unknown) => Promise<unknown> = async () => null): Promise<void> {
  render(
    <CoreProvider client={coreWith(answer)}>
      <MantineProvider>
        <DrawerProvider>
          <Palette />
        </DrawerProvider>
      </MantineProvider>
    </CoreProvider>,
  );
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  await screen.findByRole("combobox", {}, { timeout: 10_000 });
}

function type(text: string): void {
  fireEvent.change(screen.getByRole("combobox"), { target: { value: text } });
}

function chosen(): string {
  const line = screen.getByRole("combobox");
  const option = document.getElementById(line.getAttribute("aria-activedescendant") ?? "");
  return option?.firstChild?.textContent ?? "";
}

test("Ctrl+K opens it, arrows go round, Enter takes the screen that is chosen", async () => {
  await show();
  type("go to me");
  expect(chosen()).toBe("Go to Meters");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "ArrowDown" });
  expect(chosen()).toBe("Go to Messages");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  expect(window.location.hash).toBe("#/messages");
  expect(screen.queryByRole("combobox")).toBe(null);
});

test("Escape closes it and does nothing", async () => {
  await show();
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Escape" });
  expect(screen.queryByRole("combobox")).toBe(null);
  expect(window.location.hash).toBe("");
});

test("a theme is set by the same call as in Settings", async () => {
  const calls: unknown[] = [];
  await show(async (name, input) => {
    calls.push([name, input]);
    return defaultSettings;
  });
  type("sunlight");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  await act(async () => undefined);
  expect(screen.queryByRole("combobox")).toBe(null);
  expect(calls).toEqual([["settings.change", { theme: "sunlight" }]]);
});

test("what failed is said in its place, and the line stays open", async () => {
  await show(async () => {
    throw new FailureError("conflict", "VIRTUAL-1 is running already.");
  });
  type("virtual 2.1");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  const alert = await screen.findByRole("alert", {}, { timeout: 10_000 });
  expect(alert.firstChild?.textContent).toBe(
    "“Start a virtual station, OCPP 2.1” was not done. VIRTUAL-1 is running already.",
  );
  expect(screen.queryByRole("combobox")).not.toBe(null);
});

test("nothing found is said with what to try", async () => {
  await show();
  type("zzz");
  expect(screen.getByText("Nothing fits “zzz”").textContent).toBe("Nothing fits “zzz”");
  expect(screen.queryAllByRole("option")).toEqual([]);
});
