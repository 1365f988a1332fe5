// Preloaded into the built core process: Electron's line to the main process, over Node's own channel.
process.parentPort = {
  on: (_event, listener) => process.on("message", (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};
