import "@mantine/core/styles.css";
import "./app/theme/theme.css";
import "./app/theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createClient } from "../src/api/client.ts";
import { App } from "./app/App.tsx";
import { browserSocket } from "./core/socket.ts";
import { startLanguage } from "./i18n/index.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root.");

await startLanguage();
const client = createClient({ connect: () => browserSocket(window.location) });
createRoot(root).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
