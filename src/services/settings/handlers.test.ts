import { expect, test } from "vitest";
import { openServices, watch } from "../testing/open-services.ts";
import { defaultSettings } from "./contract.ts";
import { settingsHandlers } from "./handlers.ts";

test("the settings are told as they are and as they become, to who still looks", async () => {
  const { context } = await openServices();
  const handlers = settingsHandlers(context.settings);
  const { snapshot, told, close } = watch(handlers["settings.values"], {});
  expect(snapshot).toEqual(defaultSettings);
  const changed = { ...defaultSettings, heartbeatSeconds: 17 };
  expect(handlers["settings.change"]({ heartbeatSeconds: 17 })).toEqual(changed);
  close();
  handlers["settings.change"]({ heartbeatSeconds: 18 });
  expect(told).toEqual([changed]);
});
