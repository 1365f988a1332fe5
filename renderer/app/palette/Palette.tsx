import { lazy, type RefObject, Suspense, useEffect, useLayoutEffect, useRef, useState } from "react";

const load = () => import("./PaletteDialog.tsx");
const PaletteDialog = lazy(async () => ({ default: (await load()).PaletteDialog }));

/** Long after the first screen, and before anybody types faster than the dialog comes. */
const loadAfterMs = 1000;

/** Ctrl+K (Cmd+K): finds any command, screen and station. */
export function Palette() {
  const [open, setOpen] = useState(false);
  const typed = useRef("");
  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), loadAfterMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      typed.current = "";
      setOpen((before) => !before);
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    open && (
      <Suspense fallback={<Early typed={typed} onClose={() => setOpen(false)} />}>
        <PaletteDialog typed={typed} onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}

/** Takes what is typed before the dialog has come, so that nothing of it is lost or means anything to the screen behind. */
function Early({ typed, onClose }: { typed: RefObject<string>; onClose: () => void }) {
  useLayoutEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") onClose();
      else if (event.key === "Backspace") typed.current = typed.current.slice(0, -1);
      else if (event.key.length === 1) typed.current += event.key;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [typed, onClose]);
  return null;
}
