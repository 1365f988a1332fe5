import { useEffect, useState } from "react";
import { PaletteDialog } from "./PaletteDialog.tsx";

/** Ctrl+K (Cmd+K): finds any command, screen and station. */
export function Palette() {
  const [open, setOpen] = useState(false);
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
  return open && <PaletteDialog onClose={() => setOpen(false)} />;
}
