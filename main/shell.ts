import { join } from "node:path";
import type * as Electron from "electron";
import { logFile, openLogFile } from "../src/api/log-file.ts";
import { isFromNotice } from "../src/api/notice-place.ts";
import { createLogger } from "../src/lib/logger.ts";
import { asksToStop } from "../src/lib/stop-message.ts";
import { CoreHost } from "./core-host.ts";
import { askWhereToSave } from "./downloads.ts";
import { givenFiles } from "./given-files.ts";
import { writeLinkPage } from "./launch/link-page.mjs";
import { menuTemplate } from "./menu.ts";
import type { CoreStart } from "./messages.ts";
import { createPowerKeeper } from "./power.ts";
import { isOwn, lockNavigation, lockPermissions } from "./security.ts";
import { appId, type ElectronParts, makeFolder, readOptions, type ShellHost } from "./shell-host.ts";
import { cacheFolder } from "./shell-options.ts";
import { followSystem } from "./system-events.ts";
import { troublePage } from "./trouble-page.ts";
import { answerVault } from "./vault.ts";
import { focusWindow, keepWindow, linkToSamePlace, windowOptions } from "./window.ts";
import { placeWindow, readWindowState, writeWindowState } from "./window-state.ts";
import { chooseLanguage, type Language, type Words, wordsOf } from "./words.ts";

/** The desktop window's life, from start to quit. Everything the user sees inside the window comes from the core. */
export async function runShell(electron: ElectronParts, host: ShellHost): Promise<void> {
  const { app } = electron;
  const options = readOptions(electron, host.argv);
  if (!options) return;
  const { dataFolder } = options;
  // Chromium's own files apart from the record; the single-instance lock goes with them, so there is one window per data folder.
  const windowFolder = join(dataFolder, "window");
  if (!makeFolder(electron, windowFolder)) return;
  app.setAppUserModelId(appId);
  app.setPath("userData", windowFolder);
  const ownCache = cacheFolder(dataFolder, host.platform);
  if (ownCache !== null) app.setPath("sessionData", ownCache);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  // What befalls the window's processes is kept with Chromium's files, and sent nowhere.
  electron.crashReporter.start({ uploadToServer: false });
  const ownLog = openLogFile(dataFolder, host.clock);
  const log = createLogger(ownLog.write);

  let window: Electron.BrowserWindow | null = null;
  let home: string | null = null;
  /** Null: the system's. */
  let chosen: Language | null = null;
  const stateFile = join(windowFolder, "window.json");
  const start: CoreStart = {
    dataFolder,
    listen: options.listen,
    demo: options.demo,
    screensFolder: host.screensFolder,
    version: app.getVersion(),
  };
  const power = createPowerKeeper(electron.powerSaveBlocker);
  const core = new CoreHost({
    clock: host.clock,
    fork: (again) =>
      electron.utilityProcess.fork(host.coreEntry, [JSON.stringify({ ...start, again: again || undefined })], {
        serviceName: "Plugside core",
      }),
    onReady: showLink,
    onBusy: (on) => power.set("stations", on),
    onLanguage: (wanted) => {
      chosen = wanted === "system" ? null : wanted;
      setMenu();
    },
    onQuit: () => app.quit(),
    onVault: (question) => answerVault(electron.safeStorage, host.platform, question),
    onEnd(reason) {
      log.error("the core has ended", { reason });
      ownLog.flush();
    },
    onTrouble: (times, reason) => showTrouble(times, reason),
  });

  // What is to be opened before there is a window waits for it.
  let files = givenFiles(host.argv, process.cwd(), host.execPath);
  app.on("second-instance", (_event, argv, folder) => {
    if (window) focusWindow(window);
    else void reopen();
    openFiles(givenFiles(argv, folder, host.execPath));
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    openFiles([path]);
  });
  host.parent.on("message", (message) => asksToStop(message) && app.quit());
  host.parent.on("disconnect", () => app.quit());
  app.on("web-contents-created", (_event, contents) =>
    lockNavigation(
      contents,
      () => home,
      (url) => void electron.shell.openExternal(url),
    ),
  );
  app.on("window-all-closed", () => {
    if (host.platform !== "darwin") app.quit();
  });
  app.on("activate", () => void reopen());
  let stopped = false;
  app.on("before-quit", (event) => {
    if (stopped) return;
    event.preventDefault();
    void core.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });

  await app.whenReady();
  const session = electron.session.defaultSession;
  lockPermissions(session, () => home);
  askWhereToSave(session, {
    home: () => home,
    folder: () => app.getPath("downloads"),
    title: () => words().saveAs,
    power,
  });
  const followSession = followSystem({
    powerMonitor: electron.powerMonitor,
    quit: () => app.quit(),
    stop: () => void core.stop(),
    resumed: () => core.resumed(),
    hold: host.hold,
  });
  setMenu();
  core.start();

  function language(): Language {
    return chosen ?? chooseLanguage(app.getPreferredSystemLanguages());
  }

  function words(): Words {
    return wordsOf(language());
  }

  function setMenu(): void {
    const template = menuTemplate(language(), host.platform, {
      openInBrowser: () =>
        void core
          .link()
          .then((link) => (link ? electron.shell.openPath(writeLinkPage(windowFolder, link)) : undefined)),
      showDataFolder: () => void electron.shell.openPath(dataFolder),
      showLog: () => void electron.shell.openPath(logFile(dataFolder)),
    });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  }

  function openWindow(): Electron.BrowserWindow {
    const primary = electron.screen.getPrimaryDisplay();
    const others = electron.screen.getAllDisplays().filter((display) => display.id !== primary.id);
    const areas = [primary, ...others].map((display) => display.workArea);
    const placement = placeWindow(readWindowState(stateFile), areas);
    const icon = host.platform === "linux" ? join(app.getAppPath(), "main/resources/icons/256x256.png") : undefined;
    const opened = new electron.BrowserWindow(windowOptions(placement, electron.nativeTheme.shouldUseDarkColors, icon));
    keepWindow(opened, placement, (state) => writeWindowState(stateFile, state));
    opened.on("closed", () => {
      window = null;
    });
    followSession(opened);
    opened.webContents.on("did-navigate-in-page", (_event, url) => isFromNotice(url) && focusWindow(opened));
    opened.webContents.on("render-process-gone", () => host.clock.after(1000, () => void reload()));
    window = opened;
    return opened;
  }

  /** No file can be opened yet: that is said, not passed over. */
  function openFiles(paths: readonly string[]): void {
    if (!window) files = [...files, ...paths];
    else
      for (const path of paths) void electron.dialog.showMessageBox({ type: "info", message: words().notOpened(path) });
  }

  /** A load that fails is a core that has just died: the next one brings a link of its own. */
  function load(url: string): void {
    (window ?? openWindow()).loadURL(url).catch(() => undefined);
  }

  function showLink(link: string): void {
    const target = linkToSamePlace(link, window?.webContents.getURL() ?? "", home);
    home = link;
    load(target);
    openFiles(files.splice(0));
  }

  function showTrouble(times: number, reason: string): void {
    load(troublePage(words(), { times, reason, dataFolder }));
  }

  /** Opens the window again after it was closed (macOS keeps running without one). */
  async function reopen(): Promise<void> {
    const link = window ? null : await core.link();
    if (link && !window) showLink(link);
  }

  /** The page's process died: the cookie still holds, but its one-time link does not. */
  async function reload(): Promise<void> {
    const link = window && isOwn(window.webContents.getURL(), home) ? await core.link() : null;
    if (link && window) showLink(link);
  }
}
