/** The address without the prefix that a socket of both families puts before IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:/i, "");
}
