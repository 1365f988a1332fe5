import { act } from "@testing-library/react";
import { beforeEach, vi } from "vitest";

type Told = (entries: object[]) => void;

/** For a test file of what is as wide as its place: everything is 600 px wide, until it is told another width. */
export function widthsForFile() {
  const watching = new Set<Told>();
  const entries = (width: number) => [{ contentRect: { width } }];
  beforeEach(() => {
    watching.clear();
    vi.stubGlobal(
      "ResizeObserver",
      class {
        readonly told: Told;
        constructor(told: Told) {
          this.told = told;
        }
        observe() {
          watching.add(this.told);
          this.told(entries(600));
        }
        unobserve() {}
        disconnect() {
          watching.delete(this.told);
        }
      },
    );
    return () => void vi.unstubAllGlobals();
  });
  return {
    /** How many ask how wide they are. */
    watching: () => watching.size,
    tell: (width: number) =>
      act(() => {
        for (const told of watching) told(entries(width));
      }),
  };
}
