import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { CoreChild } from "../../main/core-host.ts";
import type { FromCore, ToCore } from "../../main/messages.ts";
import type { ElectronParts } from "../../main/shell-host.ts";

/** The core's process as the shell sees it: what it was told, and levers to make it speak and die. */
export class ChildStandIn extends EventEmitter {
  readonly told: ToCore[] = [];
  killed = false;
  postMessage(message: ToCore): void {
    this.told.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
  say(message: FromCore): void {
    this.emit("message", message);
  }
  die(code: number): void {
    this.emit("exit", code);
  }
}

/** As Electron types it. */
export function asChild(child: ChildStandIn): CoreChild {
  return child as unknown as CoreChild;
}

type ChangeEvent = { defaultPrevented: boolean; preventDefault(): void };

/** An event that can be refused. */
export function refusable<T extends object>(extra: T): T & ChangeEvent {
  return {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** A page: what was loaded, where it is, and how it answers `window.open`. */
export class ContentsStandIn extends EventEmitter {
  url = "";
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  getURL(): string {
    return this.url;
  }
}

export function asContents(contents: ContentsStandIn): Electron.WebContents {
  return contents as unknown as Electron.WebContents;
}

class WindowStandIn extends EventEmitter {
  readonly webContents = new ContentsStandIn();
  readonly loaded: string[] = [];
  readonly calls: string[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  isMin = false;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.url = url;
    return Promise.resolve();
  }
  isMinimized(): boolean {
    return this.isMin;
  }
  isMaximized(): boolean {
    return this.calls.includes("maximize");
  }
  getNormalBounds(): Electron.Rectangle {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
  restore(): void {
    this.calls.push("restore");
  }
  maximize(): void {
    this.calls.push("maximize");
  }
  show(): void {
    this.calls.push("show");
  }
  focus(): void {
    this.calls.push("focus");
  }
}

type PermissionRequest = (
  contents: null,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;

export class SessionStandIn extends EventEmitter {
  request: PermissionRequest | null = null;
  check: ((contents: null, permission: string, origin: string) => boolean) | null = null;
  device: (() => boolean) | null = null;
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: (contents: null, permission: string, origin: string) => boolean): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

export function asSession(session: SessionStandIn): Electron.Session {
  return session as unknown as Electron.Session;
}

class AppStandIn extends EventEmitter {
  readonly calls: string[] = [];
  readonly paths: Record<string, string>;
  hasLock = true;
  languages = ["en-GB"];
  constructor(paths: Record<string, string>) {
    super();
    this.paths = paths;
  }
  getPath(name: string): string {
    return this.paths[name] ?? `no path named ${name}`;
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  setAppUserModelId(id: string): void {
    this.paths.id = id;
  }
  getAppPath(): string {
    return "/app";
  }
  enableSandbox(): void {
    this.calls.push("enableSandbox");
  }
  quit(): void {
    this.calls.push("quit");
  }
  exit(code: number): void {
    this.calls.push(`exit ${code}`);
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getVersion(): string {
    return "1.2.3";
  }
  getPreferredSystemLanguages(): string[] {
    return this.languages;
  }
}

/** Electron for the shell: no window, no process, but everything the shell did is there to be looked at.
 * @param folder stands for the user's application data and downloads */
export function createElectronStandIn(folder: string) {
  const seen = {
    app: new AppStandIn({ appData: folder, downloads: folder }),
    windows: [] as WindowStandIn[],
    children: [] as ChildStandIn[],
    forks: [] as { entry: string; start: unknown }[],
    session: new SessionStandIn(),
    menus: [] as Electron.MenuItemConstructorOptions[][],
    system: new EventEmitter(),
    parent: new EventEmitter(),
    told: [] as string[],
    held: [] as number[],
    outside: [] as string[],
    opened: [] as string[],
    crashReports: [] as object[],
    errors: [] as string[],
    awake: new Set<number>(),
  };
  class BrowserWindow extends WindowStandIn {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(options);
      seen.windows.push(this);
      seen.app.emit("web-contents-created", {}, this.webContents);
    }
  }
  const openPath = async (path: string) => {
    seen.opened.push(path);
    return "";
  };
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
  const parts = {
    app: seen.app,
    BrowserWindow,
    crashReporter: { start: (options: object) => void seen.crashReports.push(options) },
    dialog: {
      showErrorBox: (_title: string, text: string) => seen.errors.push(text),
      showMessageBox: async ({ message }: { message: string }) => void seen.told.push(message),
    },
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => seen.menus.push(menu),
    },
    nativeTheme: { shouldUseDarkColors: false },
    powerMonitor: seen.system,
    powerSaveBlocker: {
      start: () => {
        seen.awake.add(7);
        return 7;
      },
      stop: (id: number) => seen.awake.delete(id),
    },
    safeStorage: {
      isEncryptionAvailable: () => false,
      getSelectedStorageBackend: () => "unknown",
      encryptString: (plain: string) => Buffer.from(plain),
      decryptString: (sealed: Buffer) => sealed.toString(),
    },
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
    session: { defaultSession: seen.session },
    shell: { openExternal: async (url: string) => void seen.outside.push(url), openPath },
    utilityProcess: {
      fork(entry: string, args: string[]) {
        seen.forks.push({ entry, start: JSON.parse(args[0] ?? "null") });
        const child = new ChildStandIn();
        seen.children.push(child);
        return child;
      },
    },
  };
  return { parts: parts as unknown as ElectronParts, seen };
}
