// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { CoreClient } from "../../../src/api/client.ts";
import type { TokenDecisionEntry, TokenList } from "../../../src/services/tokens/contract.ts";
import { CoreProvider } from "../../core/core.tsx";
import { setLanguage, startLanguage } from "../../i18n/index.ts";
import { DrawerProvider, useDrawer } from "../../navigation/drawer.tsx";
import { TokensScreen } from "./TokensScreen.tsx";

beforeAll(async () => {
  await startLanguage();
  await setLanguage("en");
});
afterEach(cleanup);

const list: TokenList = { acceptAll: false, tokens: [{ value: "04A1B2C3", status: "Blocked", note: "Anna" }] };
const decision: TokenDecisionEntry = {
  station: "CP1",
  at: 1,
  seq: 12,
  presented: { kind: "token", token: { value: "C3B2A104" }, decision: "Invalid", source: "Authorize" },
};

/** Shows the screen with its drawer; gives the calls that it makes. */
function show(): unknown[] {
  const calls: unknown[] = [];
  const feeds: Record<string, unknown> = { "tokens.list": list, "tokens.decisions": [decision] };
  const client = {
    call: async (name: string, input: unknown) => {
      calls.push([name, input]);
      return list;
    },
    watch(name: string, _input: unknown, onValue: (value: never, added: null) => void) {
      onValue(feeds[name] as never, null);
      return { stop() {} };
    },
    onState: () => ({ stop() {} }),
    state: "open",
    close() {},
  } as CoreClient;
  render(
    <CoreProvider client={client}>
      <MantineProvider>
        <DrawerProvider>
          <TokensScreen />
          <Drawn />
        </DrawerProvider>
      </MantineProvider>
    </CoreProvider>,
  );
  return calls;
}

function Drawn() {
  const { content } = useDrawer();
  return content && <aside aria-label={content.title}>{content.node}</aside>;
}

test("a form that is not filled in says so at the field, takes the focus there and sends nothing", () => {
  const calls = show();
  fireEvent.click(screen.getByRole("button", { name: "Add token" }));
  const form = within(screen.getByRole("complementary", { name: "Add token" }));
  fireEvent.click(form.getByRole("button", { name: "Save" }));
  const field = form.getByLabelText("Token");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field);
  expect(form.getByText("Type the token's value.").textContent).toBe("Type the token's value.");
  expect(calls).toEqual([]);
});

test("a stranger among the decisions is taken into the list, and its likeness in reverse is named", async () => {
  const calls = show();
  expect(screen.getByText(/04A1B2C3: the same bytes/).textContent).toBe(
    "The list has 04A1B2C3: the same bytes in reverse order.",
  );
  fireEvent.click(screen.getByRole("button", { name: "Add C3B2A104 to the list" }));
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await act(async () => undefined);
  expect(calls).toEqual([["tokens.save", { value: "C3B2A104", status: "Accepted" }]]);
  expect(screen.queryByRole("complementary")).toBe(null);
});

test("a token is removed only after the sentence that says how it is answered then", async () => {
  const calls = show();
  fireEvent.click(screen.getByText("Anna"));
  fireEvent.click(screen.getByRole("button", { name: "Remove" }));
  expect(screen.getByText(/It is then answered/).textContent).toBe("Remove 04A1B2C3? It is then answered Invalid.");
  expect(calls).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Remove" }));
  await act(async () => undefined);
  expect(calls).toEqual([["tokens.remove", { value: "04A1B2C3" }]]);
});
