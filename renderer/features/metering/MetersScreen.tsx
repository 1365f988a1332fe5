export function MetersScreen() {
  return null;
}
