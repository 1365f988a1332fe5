import type { PortsReport, SerialPortInfo } from "../../../station/serial/ports.ts";

/** An adapter that may come back under another path. */
export type Adapter = {
  /** It is open under this path. */
  opened(path: string): void;
  /** Where it is now; null while it is away. One that cannot be told from others is looked for where it was. */
  find(path: string): Promise<string | null>;
};

/** Makes what knows an adapter again by its numbers.
 * @param look the ports of this laptop now */
export function adapterOf(look: () => Promise<PortsReport>): Adapter {
  let numbers: string | null = null;
  return {
    opened(path) {
      void look().then(({ ports }) => {
        const port = ports.find((one) => one.path === path);
        numbers = port ? numbersOf(port) : null;
      });
    },
    async find(path) {
      if (numbers === null) return path;
      const { ports } = await look();
      const same = ports.filter((port) => port.path !== undefined && numbersOf(port) === numbers);
      return same.find((port) => port.path === path)?.path ?? same[0]?.path ?? null;
    },
  };
}

/** Null for what has none of its own: two such cannot be told apart. */
function numbersOf({ vendorId, productId, serialNumber }: SerialPortInfo): string | null {
  return serialNumber && vendorId ? `${vendorId}:${productId}:${serialNumber}` : null;
}
