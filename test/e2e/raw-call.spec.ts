import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("a raw call that does not fit the schema shows its deviations, and goes out all the same when told to", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("button", { name: "Raw call" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "ChangeAvailability", exact: true }).click();
  const content = drawer.getByRole("textbox", { name: "Content (JSON)" });
  expect(JSON.parse(await content.inputValue())).toMatchObject({ connectorId: expect.anything() });

  await content.fill('{"connectorId": 1, "type": "Sleepy"}');
  await drawer.getByRole("button", { name: "Send", exact: true }).click();
  await drawer.getByRole("alert").getByText("Not sent yet.").waitFor();
  await drawer.getByRole("heading", { name: "What deviates from the specification" }).waitFor();
  await drawer.getByRole("listitem").getByText("Sleepy").waitFor();
  const before = await core.client.call("messages.page", { filter: { action: "ChangeAvailability" }, limit: 10 });
  expect(before.rows).toEqual([]);

  await drawer.getByRole("button", { name: "Send all the same" }).click();
  await drawer
    .getByRole("status")
    .getByRole("heading", { name: /^Answer:/ })
    .waitFor();
  const after = await core.client.call("messages.page", { filter: { action: "ChangeAvailability" }, limit: 10 });
  expect(after.rows).toHaveLength(1);
  const frame = await core.client.call("messages.frame", { seq: after.rows[0]?.seq ?? -1 });
  expect(frame.text).toContain('{"connectorId": 1, "type": "Sleepy"}');
});

test("a raw call goes out digit for digit and shows the answer", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("button", { name: "Raw call" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "GetConfiguration", exact: true }).click();
  await drawer.getByRole("textbox", { name: "Content (JSON)" }).fill('{"key":["HeartbeatInterval"]}');
  await drawer.getByRole("button", { name: "Send", exact: true }).click();
  await drawer.getByRole("heading", { name: "Answer: accepted" }).waitFor();
  await drawer.getByText('"key": "HeartbeatInterval"').waitFor();
});

test("content that is no JSON is refused in words", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("button", { name: "Raw call" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("textbox", { name: "Content (JSON)" }).fill('{"connectorId": ');
  await drawer.getByRole("button", { name: "Send", exact: true }).click();
  await drawer
    .getByRole("alert")
    .getByText(/Not sent yet\..*JSON/)
    .waitFor();
});

test("a call is kept with a variable, chosen again, asked for its value, and its answer held against the last one", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("button", { name: "Raw call" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "GetConfiguration", exact: true }).click();
  const content = drawer.getByRole("textbox", { name: "Content (JSON)" });
  await content.fill('{"key":["{{key}}"]}');
  await drawer.getByText("Save this call").click();
  await drawer.getByRole("textbox", { name: "Name" }).fill("one key");
  await drawer.getByRole("button", { name: "Save" }).click();
  const saved = drawer.getByRole("combobox", { name: "Saved calls" });
  await saved.waitFor();
  const send = drawer.getByRole("button", { name: "Send", exact: true });
  expect(await send.isDisabled()).toBe(true);
  const variable = drawer.getByRole("textbox", { name: "key" });
  await variable.fill("HeartbeatInterval");
  await send.click();
  await drawer.getByText("There is none before of the same kind and place.").waitFor();
  await variable.fill("NoSuchKey");
  await send.click();
  await expect
    .poll(() => drawer.locator("dl").filter({ hasText: "/unknownKey" }).textContent())
    .toMatch(/gone: .*HeartbeatInterval.*new: .*NoSuchKey/);
  await noBarriers(page);

  await drawer.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "ClearCache", exact: true }).click();
  await expect.poll(() => content.inputValue()).toBe("{}");
  await drawer.getByRole("combobox", { name: "Sent before" }).click();
  await page
    .getByRole("option", { name: /GetConfiguration/ })
    .first()
    .click();
  await expect.poll(() => content.inputValue()).toContain("NoSuchKey");
  await saved.click();
  await page.getByRole("option", { name: "one key" }).click();
  await expect.poll(() => content.inputValue()).toContain("{{key}}");
  await drawer.getByRole("button", { name: "Remove" }).click();
  await saved.waitFor({ state: "detached" });
});
