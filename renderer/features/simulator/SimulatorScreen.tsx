export function SimulatorScreen() {
  return null;
}
