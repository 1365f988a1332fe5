import type { Session, WebContents } from "electron";

/** Hosts whose https pages the screens may link to; they open in the system's browser. */
const externalHosts = new Set(["openchargealliance.org", "www.openchargealliance.org"]);

/** Whether a link may be handed to the system's browser. */
export function isAllowedOutside(url: string): boolean {
  const parsed = parse(url);
  if (parsed?.protocol !== "https:" || parsed.username !== "" || parsed.password !== "") return false;
  return parsed.port === "" && externalHosts.has(parsed.hostname);
}

/** Whether `url` belongs to the core's own screens (a `blob:` of theirs too).
 * @param home the link the core gave; null before it is ready */
export function isOwn(url: string, home: string | null): boolean {
  const origin = parse(url)?.origin;
  return origin !== undefined && origin !== "null" && home !== null && origin === parse(home)?.origin;
}

/** What the screens need: to copy a text, and to tell of a station while one looks elsewhere. */
const allowed = new Set(["clipboard-sanitized-write", "notifications"]);

/** The one thing a page of ours may do without being asked: fill the clipboard when Copy is clicked. */
function isAllowedPermission(permission: string, url: string, home: string | null): boolean {
  return allowed.has(permission) && isOwn(url, home);
}

/** Denies every permission (camera, location, notifications, USB, serial, ...) but the clipboard for our own page. */
export function lockPermissions(session: Session, home: () => string | null): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isAllowedPermission(permission, details.requestingUrl, home()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowedPermission(permission, origin, home()));
  session.setDevicePermissionHandler(() => false);
}

/** Keeps the window on the core's screens: it navigates nowhere else, opens no window and takes in no web view.
 * An allowed outside link goes to `openOutside`. */
export function lockNavigation(
  contents: WebContents,
  home: () => string | null,
  openOutside: (url: string) => void,
): void {
  contents.on("will-frame-navigate", (event) => {
    if (isOwn(event.url, home())) return;
    event.preventDefault();
    if (event.isMainFrame && isAllowedOutside(event.url)) openOutside(event.url);
  });
  contents.on("will-redirect", (event) => {
    if (!isOwn(event.url, home())) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedOutside(url)) openOutside(url);
    return { action: "deny" };
  });
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
