type Options = { width: number; height: number; scales: { x: { range(): [number, number] } }; hooks: Hooks };
type Hooks = Record<"setCursor" | "setSelect", ((plot: object) => void)[]>;

/** The charts that were drawn, in their order. */
export const plots: PlotStandIn[] = [];

/** What draws a chart needs a canvas: this stands in for it where there is none. The time shown is 100 px wide. */
export class PlotStandIn {
  over = document.createElement("div");
  cursor: { left: number; idx: number | null } = { left: -10, idx: null };
  select = { left: 0, width: 0 };
  data: (number | null | undefined)[][];
  readonly options: Options;
  constructor(options: Options, data: number[][], holder: HTMLElement) {
    this.options = options;
    this.data = data;
    holder.append(this.over);
    plots.push(this);
  }
  setData(data: typeof this.data): void {
    this.data = data;
  }
  valToPos(value: number): number {
    const [from, to] = this.options.scales.x.range();
    return (100 * (value - from)) / (to - from);
  }
  posToVal(place: number): number {
    const [from, to] = this.options.scales.x.range();
    return from + ((to - from) * place) / 100;
  }
  setCursor({ left }: { left: number }): void {
    const last = (this.data[0]?.length ?? 1) - 1;
    this.cursor = { left, idx: left < 0 ? null : Math.round((left / 100) * last) };
    for (const hook of this.options.hooks.setCursor) hook(this);
  }
  setSelect(): void {}
  destroy(): void {
    this.over.remove();
  }
}
