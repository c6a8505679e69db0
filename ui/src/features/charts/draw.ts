// The one place that names the library of charts; it is loaded only when a chart is shown.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Theme } from "../../tokens";
import { fonts, palettes } from "../../tokens";
import type { Drawn } from "./model";

register([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

/** Signs of the lines, so that each is told apart without its colour. */
const signs = ["circle", "triangle", "rect", "diamond", "emptyCircle", "emptyTriangle", "arrow"] as const;
const dashes = ["solid", "dashed", "dotted"] as const;

interface Size {
  width: number;
  height: number;
}

/** A chart in a box; the answer draws it anew and takes it away. */
export function draw(box: HTMLElement): { show: (drawn: Drawn, theme: Theme, rem: number) => void; resize: (size?: Size) => void; end: () => void } {
  const chart = init(box, null, { renderer: "svg" });
  let again = () => {};
  let fixed: Size | undefined;
  return {
    show: (drawn, theme, rem) => {
      again = () => chart.setOption(options(drawn, theme, rem, fixed?.width ?? box.clientWidth), true);
      again();
    },
    // As large as its box, or as said. The names above the chart take more lines in a narrow one.
    resize: (size) => {
      fixed = size;
      chart.resize(size ?? { width: "auto", height: "auto" });
      again();
    },
    end: () => chart.dispose(),
  };
}

/** In how many lines the names stand above a chart of this width, all in pixels; the library does not say it. */
function linesOf(names: readonly string[], rem: number, width: number): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (pen) pen.font = `${rem}px ${fonts}`;
  let lines = 1;
  let used = 0;
  for (const name of names) {
    // The sign and what stands between it and the name, then the name, then the gap to the next.
    const wide = rem * 2.25 + (pen?.measureText(name).width ?? name.length * rem);
    if (used > 0 && used + wide > width - rem) {
      lines += 1;
      used = 0;
    }
    used += wide + rem;
  }
  return lines;
}

function options(drawn: Drawn, theme: Theme, rem: number, width: number) {
  const colours = palettes[theme];
  // Named, not inherited: the width of words is measured by it.
  const text = { color: colours.ink, fontSize: rem, fontFamily: fonts };
  const line = { lineStyle: { color: colours.line } };
  const bars = drawn.kind !== "lines";
  const stacked = drawn.kind === "bars";
  const percent = (point: { value: unknown }) => (typeof point.value === "number" ? `${point.value}%` : "");
  return {
    animation: false,
    // Patterns over the colours of bars.
    aria: { enabled: true, label: { enabled: false }, decal: { show: bars } },
    color: drawn.series.map((one) => colours[one.colour]),
    textStyle: text,
    legend: { type: "plain", top: 0, left: 0, itemGap: rem, itemWidth: rem * 1.75, itemHeight: rem, textStyle: text },
    grid: { left: rem / 2, right: rem, top: rem * (1.9 + 2.1 * linesOf(drawn.series.map((one) => one.name), rem, width)), bottom: rem / 2, containLabel: true },
    xAxis: { type: "category", data: drawn.labels, axisLabel: { ...text, hideOverlap: true }, axisLine: { lineStyle: { color: colours.lineStrong } }, axisTick: { show: false } },
    yAxis: { type: "value", min: 0, ...(drawn.most === undefined ? { minInterval: 1 } : { max: drawn.most }), name: drawn.unit, nameTextStyle: { ...text, align: "left" }, axisLabel: text, splitLine: line },
    series: drawn.series.map((one, index) => ({
      name: one.name,
      type: bars ? "bar" : "line",
      // A bar of nothing would still draw its edge over the axis.
      data: stacked ? one.values.map((value) => value || null) : one.values,
      ...(bars
        ? {
            barMaxWidth: rem * 3, itemStyle: { borderColor: colours.paper, borderWidth: 1 },
            ...(stacked ? { stack: "all" } : { label: { show: drawn.labels.length <= 6, position: "top", formatter: percent, ...text } }),
          }
        : {
            symbol: signs[index % signs.length],
            symbolSize: rem * 0.7,
            connectNulls: false,
            lineStyle: { width: 2.5, type: dashes[index % dashes.length] },
            label: { show: drawn.labels.length <= 12, position: index % 2 === 0 ? "top" : "bottom", formatter: percent, ...text },
          }),
    })),
  };
}
