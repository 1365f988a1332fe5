/** Points in order of time, in typed arrays that grow to a limit and then let the oldest fall off. Appending costs the same always. */
export type Ring = {
  readonly length: number;
  /** Appends a point. One that is older than the last is refused: false. */
  push(at: number, value: number): boolean;
  /** Our clock, milliseconds. Index 0 is the oldest. */
  at(index: number): number;
  value(index: number): number;
  /** The first index whose time is `at` or later; `length` when there is none. */
  firstFrom(at: number): number;
  readonly bytes: number;
  /** The arrays themselves, for loops over very many points: index 0 lies at `start`, the end goes on at the beginning. */
  raw(): { times: Float64Array; values: Float64Array; start: number; capacity: number };
};

const smallest = 256;

/** Makes a ring.
 * @param limit the most points it keeps */
export function createRing(limit: number): Ring {
  let capacity = Math.min(smallest, limit);
  let times = new Float64Array(capacity);
  let values = new Float64Array(capacity);
  let start = 0;
  let length = 0;

  function grow(): void {
    const wider = Math.min(capacity * 2, limit);
    const newTimes = new Float64Array(wider);
    const newValues = new Float64Array(wider);
    for (let index = 0; index < length; index++) {
      const from = (start + index) % capacity;
      newTimes[index] = times[from] ?? 0;
      newValues[index] = values[from] ?? 0;
    }
    times = newTimes;
    values = newValues;
    capacity = wider;
    start = 0;
  }

  const ring: Ring = {
    get length() {
      return length;
    },
    get bytes() {
      return times.byteLength + values.byteLength;
    },
    push(at, value) {
      if (length > 0 && at < ring.at(length - 1)) return false;
      if (length === capacity && capacity < limit) grow();
      if (length === capacity) {
        start = (start + 1) % capacity;
        length--;
      }
      const place = (start + length) % capacity;
      times[place] = at;
      values[place] = value;
      length++;
      return true;
    },
    raw: () => ({ times, values, start, capacity }),
    at: (index) => times[(start + index) % capacity] ?? Number.NaN,
    value: (index) => values[(start + index) % capacity] ?? Number.NaN,
    firstFrom(at) {
      let low = 0;
      let high = length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ring.at(middle) < at) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
  return ring;
}
