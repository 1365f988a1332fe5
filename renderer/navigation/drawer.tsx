import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";

export type DrawerContent = { title: string; node: ReactNode };

type Drawer = {
  content: DrawerContent | null;
  /** Opens the drawer, in place of what it showed. */
  open(node: ReactNode, title: string): void;
  /** Closes it; the focus goes back to where it was. */
  close(): void;
};

const DrawerContext = createContext<Drawer | null>(null);

export function DrawerProvider({ children }: { children: ReactNode }) {
  const [content, setContent] = useState<DrawerContent | null>(null);
  const opener = useRef<Element | null>(null);
  const open = useCallback((node: ReactNode, title: string) => {
    const active = document.activeElement;
    if (!active?.closest("[data-drawer]")) opener.current = active;
    setContent({ node, title });
  }, []);
  const close = useCallback(() => {
    setContent(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
    opener.current = null;
  }, []);
  const drawer = useMemo(() => ({ content, open, close }), [content, open, close]);
  return <DrawerContext value={drawer}>{children}</DrawerContext>;
}

/** The drawer at the right: `useDrawer().open(<FrameView seq={12} />, title)`. */
export function useDrawer(): Drawer {
  const drawer = useContext(DrawerContext);
  if (!drawer) throw new Error("There is no DrawerProvider above this component.");
  return drawer;
}
