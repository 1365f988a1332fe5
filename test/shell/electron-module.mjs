// Electron for the built main process, as far as that uses it: the core's process is a real one, and a window is a client that opens
// the link as a browser would. What happens goes to the test as messages; the test asks for an end as the launcher does.
import { fork } from "node:child_process";
import { EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";

const tell = (message) => process.send(message);
const parentPort = fileURLToPath(new URL("parent-port.mjs", import.meta.url));

class App extends EventEmitter {
  isPackaged = false;
  getPath = () => process.cwd();
  setPath = (name, path) => tell({ path: { name, path } });
  getAppPath = () => process.cwd();
  getVersion = () => "9.9.9";
  getPreferredSystemLanguages = () => ["sv-SE"];
  requestSingleInstanceLock = () => true;
  enableSandbox() {}
  setAppUserModelId() {}
  whenReady = () => new Promise((resolve) => setImmediate(resolve));
  quit() {
    let refused = false;
    this.emit("before-quit", { preventDefault: () => (refused = true) });
    if (!refused) process.exit(0);
  }
  exit(code) {
    process.exit(code);
  }
}

export const app = new App();

class Contents extends EventEmitter {
  url = "";
  getURL = () => this.url;
  setWindowOpenHandler() {}
}

export class BrowserWindow extends EventEmitter {
  webContents = new Contents();
  constructor(options) {
    super();
    tell({ window: options.webPreferences });
    app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(url) {
    const opened = await fetch(url, { redirect: "manual" });
    const home = new URL(opened.headers.get("location") ?? "/", url);
    const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0];
    const page = await fetch(home, { headers: { cookie } });
    this.webContents.url = home.href;
    tell({
      loaded: { link: url, status: page.status, type: page.headers.get("content-type"), text: await page.text() },
    });
    this.emit("ready-to-show");
  }
  show() {}
  isMinimized = () => false;
}

export const utilityProcess = {
  fork(entry, args) {
    const child = fork(entry, args, { execArgv: ["--import", parentPort] });
    tell({ core: child.pid });
    child.postMessage = (message) => child.send(message);
    return child;
  },
};

const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
export const screen = { getPrimaryDisplay: () => ({ id: 1, workArea }), getAllDisplays: () => [{ id: 1, workArea }] };
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
  }),
};
export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (menu) => tell({ menu: menu.map((item) => item.label) }),
};
export const nativeTheme = { shouldUseDarkColors: false };
export const powerMonitor = new EventEmitter();
export const powerSaveBlocker = { start: () => 1, stop() {} };
// Seals by turning every bit over.
const turn = (bytes) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => "gnome_libsecret",
  encryptString: (plain) => turn(Buffer.from(plain)),
  decryptString: (sealed) => turn(sealed).toString(),
};
export const shell = { openExternal: async () => {}, openPath: async () => "" };
export const crashReporter = { start() {} };
export const dialog = { showErrorBox: (title, text) => tell({ error: `${title}: ${text}` }) };
