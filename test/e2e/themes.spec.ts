import { expect, test } from "vitest";
import { screens as allScreens } from "../../renderer/app/screens.ts";
import { noBarriers, noFaintBorders, noOverflow } from "./checks.ts";
import { act, browserForFile, coreForTest, goTo, settled, virtualStation } from "./harness.ts";

const screens = browserForFile();

test.each(["light", "dark", "sunlight"] as const)(
  "every border of a control holds 3:1 and nothing is cut at 1024 x 700, faulted and offline: %s",
  async (theme) => {
    const core = await coreForTest();
    await core.client.call("settings.change", { theme });
    await virtualStation(core, { identity: "CP-1", ocpp: "2.0.1" });
    await virtualStation(core, { identity: "CP-2" });
    await act(core, "CP-1", "fault", "GroundFailure");
    await act(core, "CP-2", "drop-link");
    const page = await screens.open(core, { locale: "sv-SE", viewport: { width: 1024, height: 700 } });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    for (const id of [...allScreens.map((screen) => screen.id), "overview"].map(
      (screen, at, all) => `${screen}?station=${at === all.length - 1 ? "CP-2" : "CP-1"}`,
    )) {
      await goTo(page, id);
      await settled(page);
      await noFaintBorders(page);
      await noOverflow(page);
    }
    await noBarriers(page);
    await goTo(page, "modbus");
    const field = page.getByLabel("Port eller värd").first();
    await field.focus();
    const outline = await field.evaluate((one) => getComputedStyle(one).outline);
    expect(outline, "focus is seen where one types").toMatch(/solid 2px$/);
  },
);
