import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/harness/core.ts";
import { linuxNetworks, linuxPorts } from "./sysfs.ts";

/** A /sys and a /dev as they are told: files with their text, and links with where they lead. */
async function laptop(files: Record<string, string>, links: Record<string, string> = {}) {
  const root = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await mkdir(join(root, target), { recursive: true });
    await symlink(join(root, target), join(root, path));
  }
  return { root, places: { sys: join(root, "sys"), dev: join(root, "dev") } };
}

const onLinux = test.skipIf(process.platform === "win32");

onLinux("an adapter of USB that is a network is one, by its driver", async () => {
  const drivers = ["rndis_host", "cdc_ether", "cdc_ncm", "cdc_eem", "cdc_subset", "ipheth", "e1000e", "constructor"];
  const links = drivers.map((driver) => [`sys/class/net/${driver}0/device/driver`, `sys/bus/usb/drivers/${driver}`]);
  const { places } = await laptop({ "sys/class/net/lo/type": "772" }, Object.fromEntries(links));
  expect(Object.fromEntries(linuxNetworks(places).map(({ name, driver }) => [name, driver]))).toEqual({
    ...{ rndis_host0: "RNDIS", cdc_ether0: "ECM", cdc_ncm0: "NCM", cdc_eem0: "EEM", cdc_subset0: "CDC subset" },
    ipheth0: "iPhone",
  });
  expect(linuxNetworks({ sys: "/nowhere" })).toEqual([]);
});

onLinux("ports stand by their number, and what is none, or only reserved for, is left out", async () => {
  const names = ["ttyUSB10", "ttyUSB2", "ttyS1", "ttyS2"];
  const links = Object.fromEntries(
    names.flatMap((name) => [
      [`sys/devices/${name}/driver`, "sys/bus/platform/drivers/x"],
      [`sys/class/tty/${name}/device`, `sys/devices/${name}`],
    ]),
  );
  const { root, places } = await laptop(
    { "sys/class/tty/ttyS2/type": "0", "sys/class/tty/tty1/active": "1", "sys/class/tty/ttyX/device/x": "" },
    links,
  );
  expect(linuxPorts(places)).toEqual([
    { path: join(root, "dev/ttyS1"), kind: "built-in" },
    { path: join(root, "dev/ttyUSB2"), kind: "built-in" },
    { path: join(root, "dev/ttyUSB10"), kind: "built-in" },
  ]);
  expect(linuxPorts({ sys: "/nowhere", dev: "/dev" })).toBeNull();
});

onLinux("an adapter is known from the device that its port lies in, with its words cut and gaps left out", async () => {
  const usb = "sys/devices/usb1/1-1";
  const { root, places } = await laptop(
    {
      [`${usb}/idVendor`]: "303a\n",
      [`${usb}/idProduct`]: "1001\n",
      [`${usb}/manufacturer`]: `${"m".repeat(300)}\n`,
      [`${usb}/product`]: "\n",
    },
    {
      [`${usb}/1-1:1.0/driver`]: "sys/bus/usb/drivers/cdc_acm",
      "sys/class/tty/ttyACM0/device": `${usb}/1-1:1.0`,
      "sys/bus/usb/devices/1-1": usb,
    },
  );
  const [port, ...others] = linuxPorts(places) ?? [];
  expect([port?.maker?.length, others]).toEqual([200, []]);
  expect({ ...port, maker: "" }).toEqual({
    ...{ path: join(root, "dev/ttyACM0"), kind: "board", maker: "", vendorId: "303a", productId: "1001" },
    chip: "Espressif ESP32-S3, -C3, -C6 (USB serial/JTAG)",
  });
});
