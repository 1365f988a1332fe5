/** electron-builder's beforePack: the parts that are native come from this machine's node_modules, so a package for another system would
 * hold the wrong ones.
 * @param {{ electronPlatformName: string }} context */
export function beforePack({ electronPlatformName }) {
  if (electronPlatformName === process.platform) return;
  throw new Error(
    `This is ${process.platform}: a package for ${electronPlatformName} is made on that system, with its own node_modules.`,
  );
}
