import { expect, test } from "vitest";
import { draftOf, type ForwardDraft, toInput } from "./draft.ts";

const draft: ForwardDraft = {
  url: " wss://csms.example/ocpp ",
  credentials: "own",
  user: " u ",
  password: " p ",
  ca: "PEM\n",
  insecure: true,
  whenAway: "silent",
};

test("what is typed goes out without blanks around, the password as it is", () => {
  expect(toInput(draft)).toEqual({
    url: "wss://csms.example/ocpp",
    credentials: "own",
    user: "u",
    password: " p ",
    ca: "PEM",
    insecure: true,
  });
});

test("what does not belong to the choices stays behind", () => {
  const plain = { ...draft, url: "ws://csms.example", credentials: "station" } as const;
  expect(toInput(plain)).toEqual({ url: "ws://csms.example", credentials: "station", insecure: false });
  expect(toInput({ ...draft, user: "", password: "", ca: " " })).toEqual({
    url: "wss://csms.example/ocpp",
    credentials: "own",
    insecure: true,
  });
});

test("a set-up comes back as it was typed, but for the password", () => {
  const setup = {
    on: true,
    url: "ws://a",
    credentials: "own",
    user: "u",
    insecure: false,
    whenAway: "disconnect",
    hasPassword: true,
    address: "ws://a/CP1",
  } as const;
  expect(draftOf(setup)).toEqual({
    url: "ws://a",
    credentials: "own",
    user: "u",
    password: "",
    ca: "",
    insecure: false,
    whenAway: "disconnect",
  });
});
