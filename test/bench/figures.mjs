const rounds = 5;

/** @param than what the machine took for something plain in the same minutes, ms */
export function figure(name, ms, aim, than) {
  return { name, text: `${name}: ${ms.toFixed(1)} ms`, aim: `${aim} ms`, ratio: than / ms };
}

/** @param work gives how long it took where that is not all of its time, ms */
export async function middle(work) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const took = await work();
    times.push(typeof took === "number" ? took : performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
