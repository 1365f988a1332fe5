// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { useTight } from "./use-tight.ts";

const watched: Element[] = [];
let changed = () => undefined as unknown;
let ended = 0;
afterEach(cleanup);

function Rail({ head }: { head: boolean }) {
  const rail = useRef<HTMLDivElement>(null);
  const tight = useTight(rail, head);
  return (
    <div ref={rail} data-tight={tight}>
      {head && <header data-head>stations</header>}
      <nav>
        <ul>open</ul>
        <ul hidden>folded</ul>
      </nav>
    </div>
  );
}

test("the rail is tight where it would not fit with all its groups open; the folded ones stay folded", () => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(look: () => unknown) {
        changed = look;
        watched.length = 0;
      }
      observe = (element: Element) => watched.push(element);
      disconnect = () => ended++;
    },
  );
  // 100 px for the head, and 50 for each list that is not folded.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
    return this.matches("nav") ? 50 * this.querySelectorAll("ul:not([hidden])").length : 100;
  });
  const room = vi.spyOn(HTMLElement.prototype, "clientHeight", "get");
  const { container, rerender, unmount } = render(<Rail head />);
  const rail = container.firstElementChild as HTMLElement;
  const tightAt = (height: number) => {
    room.mockReturnValue(height);
    act(() => void changed());
    return rail.dataset.tight;
  };
  expect(watched.map(({ tagName }) => tagName)).toEqual(["DIV", "HEADER", "NAV"]);
  expect([tightAt(199), tightAt(200), tightAt(1)]).toEqual(["true", "false", "true"]);
  expect(rail.querySelectorAll("ul[hidden]")).toHaveLength(1);
  rerender(<Rail head={false} />);
  expect(watched.map(({ tagName }) => tagName)).toEqual(["DIV", "NAV"]);
  expect([ended, tightAt(99), tightAt(100)]).toEqual([1, "true", "false"]);
  unmount();
  expect(ended).toBe(2);
});
