/** What is packed cannot be unpacked: it is damaged, or cut off. */
export class DamagedError extends Error {
  readonly why: "damaged" | "cut";
  constructor(why: "damaged" | "cut") {
    super(why);
    this.name = "DamagedError";
    this.why = why;
  }
}
