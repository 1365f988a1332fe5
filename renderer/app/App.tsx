import { MantineProvider } from "@mantine/core";
import type { CoreClient } from "../../src/api/client.ts";
import { CoreProvider } from "../core/core.tsx";
import { DrawerProvider } from "../navigation/drawer.tsx";
import { Shell } from "./Shell.tsx";
import { mantineTheme } from "./theme/mantine.ts";
import { useAppearance } from "./theme/use-appearance.ts";

/** The whole window, given a client of the core. */
export function App({ client }: { client: CoreClient }) {
  return (
    <CoreProvider client={client}>
      <Themed />
    </CoreProvider>
  );
}

function Themed() {
  const scheme = useAppearance();
  return (
    <MantineProvider theme={mantineTheme} forceColorScheme={scheme}>
      <DrawerProvider>
        <Shell />
      </DrawerProvider>
    </MantineProvider>
  );
}
