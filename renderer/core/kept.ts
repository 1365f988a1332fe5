/** What the window keeps from one time to the next; nothing where the browser keeps nothing (it is full, or switched off). */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`plugside.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a text; false where the browser refuses. */
export function keep(name: string, text: string): boolean {
  try {
    localStorage.setItem(`plugside.${name}`, text);
    return true;
  } catch {
    return false;
  }
}
