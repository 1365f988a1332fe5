import type { ScreenId } from "./screens.ts";

const paths: Record<ScreenId, string> = {
  overview: "M4 3h9v18H4zM13 9h3v8a2 2 0 0 0 4 0v-7l-3-3M7 7h3",
  meters: "M3 17l5-6 4 4 4-9 5 8M3 21h18",
  history: "M12 7v5l4 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  messages: "M4 8h13l-4-4M20 16H7l4 4",
  findings: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM15 15l6 6M10 7v3.5M10 13v.5",
  transactions: "M4 6h16M4 12h10M4 18h7M17 12v9l4-3.5M17 12l4 3.5",
  tokens: "M3 6h18v12H3zM3 10h18M6 15h5",
  configuration: "M4 6h8M17 6h3M4 12h3M12 12h8M4 18h9M18 18h2M14.5 4v4M9.5 10v4M15.5 16v4",
  diagnostics: "M12 3v12M7 10l5 5 5-5M4 17v4h16v-4",
  files: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  access: "M6 11h12v10H6zM8 11V8a4 4 0 0 1 8 0v3M12 15v3",
  forward: "M3 12h6M15 12h6M9 8h6v8H9zM18 9l3 3-3 3",
  faults: "M12 3l9 17H3zM12 10v4M12 17v1",
  certificates: "M5 3h14v12h-5M5 3v12h5M8 7h8M8 10h5M12 12a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM10 17.5V22l2-1.5 2 1.5v-4.5",
  connection: "M9 3v6M15 3v6M6 9h12v3a6 6 0 0 1-12 0zM12 18v4",
  modbus: "M4 12h4m8 0h4M8 8h8v8H8zM12 4v4m0 8v4",
  serial: "M4 7h16l-2.5 10h-11zM8 11h.01M12 11h.01M16 11h.01M10 14h.01M14 14h.01",
  simulator: "M4 4h16v12H4zM8 20h8M12 16v4M9 8l-2 2 2 2M15 8l2 2-2 2",
  console: "M3 5h18v14H3zM7 9l3 3-3 3M12 15h5",
  reader: "M4 4h16v16H4zM8 8h8M8 12h8M8 16h5",
  stations: "M3 5h18M3 12h18M3 19h18",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6",
};

/** The drawing of a screen, for the folded rail; the word is always said beside it. */
export function ScreenIcon({ id }: { id: ScreenId }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden="true"
    >
      <path d={paths[id]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
