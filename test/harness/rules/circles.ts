import { dirname } from "node:path";
import { inRepository, isTest } from "./layers.ts";
import type { Source } from "./sources.ts";

/** Circles of imports, imports of types included: each as its files in order of their names. */
export function circles(sources: readonly Source[]): string[] {
  return circlesOf(new Map(sources.map((source) => [source.path, inRepository(source)])));
}

/** Rooms and files side by side in one folder that know each other, by whatever file of them, each as its names in order. Tests and what
 * serves them alone are no part of a room. */
export function circlesOfRooms(sources: readonly Source[]): string[] {
  const folders = new Map<string, Map<string, string[]>>();
  for (const source of sources) {
    if (isTest(source.path) || source.path.includes("/testing/")) continue;
    for (const target of [source.path, ...inRepository(source)]) {
      const folder = commonFolder(source.path, target);
      if (folder === ".") continue;
      const rooms = folders.get(folder) ?? new Map<string, string[]>();
      folders.set(folder, rooms);
      const [from, to] = [source.path, target].map((path) => roomIn(folder, path));
      if (from === undefined || to === undefined) continue;
      const known = rooms.get(from) ?? [];
      rooms.set(from, from === to ? known : [...known, to]);
    }
  }
  return [...folders.values()].flatMap(circlesOf).sort();
}

function commonFolder(one: string, other: string): string {
  let folder = dirname(one);
  while (folder !== "." && !other.startsWith(`${folder}/`)) folder = dirname(folder);
  return folder;
}

function roomIn(folder: string, path: string): string | undefined {
  const [name] = path.slice(folder.length + 1).split("/");
  return name === undefined ? undefined : `${folder}/${name}`;
}

function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const found: string[] = [];

  // Tarjan's strongly connected components.
  function visit(path: string): number {
    const number = order.size;
    order.set(path, number);
    open.push(path);
    let lowest = number;
    for (const next of graph.get(path) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) lowest = Math.min(lowest, visit(next));
      else if (open.includes(next)) lowest = Math.min(lowest, order.get(next) ?? number);
    }
    if (lowest === number) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1 || graph.get(path)?.includes(path)) found.push(circle.sort().join(" <-> "));
    }
    return lowest;
  }

  for (const path of graph.keys()) {
    if (!order.has(path)) visit(path);
  }
  return found.sort();
}
