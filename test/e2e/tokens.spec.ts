import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { act, browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("a token is added, edited and removed", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "tokens" });
  await page.getByText("No token is listed").waitFor();
  await page.getByRole("button", { name: "Add token" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.getByText("Type the token's value.").waitFor();
  await drawer.getByRole("textbox", { name: "Token" }).fill("04a1b2c3");
  await drawer.getByRole("textbox", { name: "Expires" }).fill("soon");
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.getByText("No such time. Write it as 2027-01-31 12:30.").waitFor();
  await drawer.getByRole("textbox", { name: "Expires" }).fill("2037-01-31 12:30");
  await drawer.getByRole("textbox", { name: "Note" }).fill("The blue card");
  await drawer.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("table", { name: "The list" }).getByRole("row", { name: /04a1b2c3/ });
  await row.getByText("The blue card").waitFor();
  await row.getByText("2037-01-31 12:30:00").waitFor();

  await row.click();
  await drawer.getByRole("combobox", { name: "Answer" }).click();
  await page.getByRole("option", { name: /^Blocked/ }).click();
  await drawer.getByRole("button", { name: "Save" }).click();
  await row.getByText("Blocked").waitFor();

  await row.click();
  await drawer.getByRole("button", { name: "Remove" }).click();
  await drawer.getByText("Remove 04a1b2c3? It is then accepted, as every token that is not listed.").waitFor();
  await drawer.getByRole("button", { name: "Remove" }).click();
  await page.getByText("No token is listed").waitFor();
});

test("with accept all off, a card that is not listed is refused, and from its decision it is taken into the list", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "tokens" });
  await page.getByText("No station has asked about a token").waitFor();
  await page.getByRole("switch", { name: "Accept all tokens" }).click();
  await page.getByText("A token that is not in the list is answered Invalid.").waitFor();

  await act(core, "CP-1", "plug");
  await act(core, "CP-1", "tap", "5EC2E7");
  const decisions = page.getByRole("table", { name: "Decisions" });
  const decision = decisions.getByRole("row", { name: /CP-1 5EC2E7 Invalid/ });
  await decision.getByText("Authorize").waitFor();

  await decision.getByRole("button", { name: "Add 5EC2E7 to the list" }).click();
  await page.getByRole("complementary", { name: "Details" }).getByRole("button", { name: "Save" }).click();
  await decision.getByText("In the list").waitFor();
  await act(core, "CP-1", "tap", "5EC2E7");
  await decisions
    .getByRole("row", { name: /CP-1 5EC2E7 Accepted/ })
    .first()
    .waitFor();
  await expect.poll(() => decisions.getByRole("row", { name: /Invalid/ }).count()).toBe(1);
});

test("a card is blocked from its decision, refused at the next try, and let in again", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  await virtualStation(core, { identity: "CP-2" });
  const page = await screens.open(core, { at: "tokens" });
  await act(core, "CP-2", "plug");
  await act(core, "CP-2", "tap", "OTHER");
  await act(core, "CP-1", "plug");
  await act(core, "CP-1", "tap", "5EC2E7");
  const decisions = page.getByRole("table", { name: "Decisions" });
  const decision = decisions.getByRole("row", { name: /CP-1 5EC2E7 Accepted/ }).first();
  await decision.waitFor();
  expect(await decisions.getByRole("row", { name: /OTHER/ }).count()).toBe(0);

  await decision.getByRole("button", { name: "Block 5EC2E7" }).click();
  await decision.getByRole("button", { name: "Let 5EC2E7 in again" }).waitFor();
  const rows = await decisions.getByRole("row").count();
  await act(core, "CP-1", "tap", "5EC2E7");
  await act(core, "CP-1", "unplug");
  await act(core, "CP-1", "plug");
  await act(core, "CP-1", "tap", "5EC2E7");
  // The pointer is on the list: it stands still, and says what has come.
  await page.getByRole("button", { name: /^\d+ new$/ }).waitFor();
  expect(await decisions.getByRole("row").count()).toBe(rows);
  await page.getByRole("button", { name: /^\d+ new$/ }).click();
  await decisions
    .getByRole("row", { name: /CP-1 5EC2E7 Blocked/ })
    .first()
    .waitFor();
  await noBarriers(page);

  await page.getByText("All stations", { exact: true }).click();
  await decisions
    .getByRole("row", { name: /CP-2 OTHER/ })
    .first()
    .waitFor();
});
