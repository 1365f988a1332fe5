import type { ButtonCommand } from "../../../src/station/commands.ts";

const longestWait = 3000;

/** Brings the button of a command into focus as soon as the overview shows it: `data-command`, inside `data-evse`
 * where it belongs to one EVSE. Given up after 3 s, or when the focus has been put elsewhere by hand. */
export function focusCommand(command: ButtonCommand, evse?: number, root: ParentNode & Node = document.body): void {
  const place = evse === undefined ? "" : `[data-evse="${evse}"] `;
  const selector = `${place}[data-command="${command}"]:not(:disabled)`;
  const found = () => root.querySelector<HTMLElement>(selector);
  if (take(found())) return;
  const observer = new MutationObserver(() => {
    if (take(found())) stop();
  });
  const timer = setTimeout(stop, longestWait);
  function stop(): void {
    observer.disconnect();
    clearTimeout(timer);
    window.removeEventListener("pointerdown", stop);
    window.removeEventListener("keydown", stop);
  }
  observer.observe(root, { childList: true, subtree: true });
  window.addEventListener("pointerdown", stop);
  window.addEventListener("keydown", stop);
}

function take(button: HTMLElement | null): boolean {
  button?.focus();
  button?.scrollIntoView({ block: "nearest" });
  return button !== null;
}

/** Presses the first button that a selector finds, and puts the focus there. */
export function press(selector: string, root: ParentNode = document): void {
  const button = root.querySelector<HTMLElement>(selector);
  button?.focus();
  button?.click();
}
