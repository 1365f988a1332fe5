import { expect, test } from "vitest";
import { readConsoleOptions } from "./options.ts";

/** What is said of it: what is left out is none of it. */
const said = (options: unknown) => JSON.parse(JSON.stringify(options));

test("what a console is opened with, unless anything is said", () => {
  const { options, json } = readConsoleOptions(["COM3", "--data", "/data"]);
  expect([json, options?.lineEnd]).toEqual([false, "\r"]);
  expect(said(options)).toMatchInlineSnapshot(`
    {
      "clear": false,
      "echo": false,
      "folder": "/data",
      "guess": false,
      "json": false,
      "lineEnd": "
    ",
      "listen": false,
      "past": false,
      "record": false,
      "setup": {
        "port": "COM3",
        "settings": {
          "baudRate": 115200,
          "dataBits": 8,
          "flow": "none",
          "parity": "none",
          "stopBits": 1,
        },
      },
      "waitMs": 1000,
    }
  `);
  expect(readConsoleOptions(["--data", "/data", "--json"])).toEqual({ options: null, folder: "/data", json: true });
});

test("everything that can be said of one", () => {
  const setup = ["COM3,baud=9600,frame=7E1", "--flow", "rtscts", "--id", "CP1", "--profile", "openevse-rapi"];
  const more = ["--eol", "crlf", "--echo", "--dtr", "on", "--rts", "off", "--break", "5000", "--send", "f", "--listen"];
  const rest = ["--guess", "--wait", "0", "--record", "--json", "--past", "--data", "/data"];
  expect(said(readConsoleOptions([...setup, ...more, ...rest]).options)).toMatchInlineSnapshot(`
    {
      "breakMs": 5000,
      "clear": false,
      "dtr": true,
      "echo": true,
      "folder": "/data",
      "guess": true,
      "json": true,
      "lineEnd": "
    ",
      "listen": true,
      "past": true,
      "record": true,
      "rts": false,
      "sendFile": "f",
      "setup": {
        "port": "COM3",
        "profile": "openevse-rapi",
        "settings": {
          "baudRate": 9600,
          "dataBits": 7,
          "flow": "rtscts",
          "parity": "even",
          "stopBits": 1,
        },
        "station": "CP1",
      },
      "waitMs": 0,
    }
  `);
  const ends = ["cr", "lf", "crlf"].map((end) => readConsoleOptions(["COM3", "--eol", end]).options?.lineEnd);
  expect(ends).toEqual(["\r", "\n", "\r\n"]);
  expect(readConsoleOptions(["COM3", "--baud", "4800", "--clear", "--eol", "none"]).options).toMatchObject({
    ...{ clear: true, lineEnd: "", setup: { settings: { baudRate: 4800 } } },
  });
});
