import { test } from "vitest";
import { browserForFile, coreForTest, goTo, virtualStation } from "./harness.ts";

const screens = browserForFile();

test.each(["1.6", "2.0.1", "2.1"])("OCPP %s: start, plug, tap, fault, and drop the link, all by hand", async (ocpp) => {
  const page = await screens.open(await coreForTest(), { at: "simulator" });
  await page.getByText("No virtual station is running").waitFor();
  const form = page.getByRole("form", { name: "Start a virtual station" });
  await form.getByRole("textbox", { name: "Identity" }).fill("BENCH-7");
  await form.getByRole("combobox", { name: "OCPP" }).click();
  await page.getByRole("option", { name: ocpp, exact: true }).click();
  await form.getByRole("combobox", { name: "Scenario" }).click();
  await page.getByRole("option", { name: "Idle" }).click();
  await form.getByRole("button", { name: "Start" }).click();

  const station = page.getByRole("region", { name: "BENCH-7" });
  const state = page.getByRole("banner");
  await state.getByText("Available").waitFor();
  await station.getByRole("button", { name: "Plug in, BENCH-7 connector 1" }).click();
  await station.getByText("Plugged in, not charging").waitFor();
  await state.getByText("Preparing").waitFor();
  await station.getByRole("combobox", { name: "Card" }).fill("CAFE01");
  await station.getByRole("button", { name: "Tap card, BENCH-7 connector 1" }).click();
  await station.getByText("Charging", { exact: true }).waitFor();
  await station.getByText("Card CAFE01").waitFor();
  await state.getByText("Charging").waitFor();

  await station.getByRole("combobox", { name: "Fault" }).click();
  await page.getByRole("option", { name: /^HighTemperature/ }).click();
  await station.getByRole("button", { name: "Raise fault, BENCH-7 connector 1" }).click();
  await station.getByText("Faulted: HighTemperature").waitFor();
  await state.getByText("Faulted").waitFor();
  await station.getByRole("button", { name: "Clear fault, BENCH-7 connector 1" }).click();
  await state.getByText("Faulted").waitFor({ state: "hidden" });

  await station.getByRole("button", { name: "Drop link, BENCH-7" }).click();
  await station.getByText("the link was dropped by hand").waitFor();
  await state.getByText("Offline").waitFor();
  await station.getByRole("button", { name: "Restore link, BENCH-7" }).click();
  await state.getByText("Offline").waitFor({ state: "hidden" });
});

test("what cannot be started is refused in words, beside the field", async () => {
  const page = await screens.open(await coreForTest(), { at: "simulator" });
  const form = page.getByRole("form", { name: "Start a virtual station" });
  await form.getByRole("textbox", { name: "Identity" }).fill("two words");
  await form.getByRole("textbox", { name: "Speed" }).fill("0");
  await form.getByRole("button", { name: "Start" }).click();
  await form.getByText("1 to 48 characters, only letters, digits and * _ = : + | @ . -").waitFor();
  await form.getByText("A number from 0.1 to 1000.").waitFor();
});

test("a station that runs misbehaves on purpose, and Plugside says what it makes of it", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "BENCH-7" });
  const page = await screens.open(core, { at: "simulator" });
  const station = page.getByRole("region", { name: "BENCH-7" });
  await station.getByText("Behaves well. Let it misbehave on purpose").click();
  await station.getByRole("checkbox", { name: "Clock stands in 1970" }).click();
  await station.getByText("Misbehaves on purpose: Clock stands in 1970").waitFor();
  await station.getByRole("button", { name: "Plug in, BENCH-7 connector 1" }).click();
  await goTo(page, "findings");
  await page.getByText("The station's clock is far off").first().waitFor();
});
