import { lazy, Suspense, useEffect, useState } from "react";

const load = () => import("./PaletteDialog.tsx");
const PaletteDialog = lazy(async () => ({ default: (await load()).PaletteDialog }));

/** Long after the first screen, and before anybody types faster than the dialog comes. */
const loadAfterMs = 1000;

/** Ctrl+K (Cmd+K): finds any command, screen and station. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), loadAfterMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((before) => !before);
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    open && (
      <Suspense>
        <PaletteDialog onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}
