// Draws every [data-chart] with the colours of the tokens in force; draws again when the theme or the width changes.
const style = () => {
  const tokens = getComputedStyle(document.documentElement);
  return (name) => tokens.getPropertyValue(`--${name}`).trim();
};
const DASH = ["solid", "dashed", "dotted"];

function lines(data, token) {
  return data.series.flatMap((one, at) => {
    const colour = token(`d${at + 1}`);
    const line = {
      name: one.name, type: data.kind, data: one.values, symbolSize: 5, showSymbol: one.values.length < 40,
      lineStyle: { width: 2, type: DASH[at % 3], color: colour }, itemStyle: { color: colour }, barMaxWidth: 28,
      endLabel: { show: data.kind === "line", formatter: "{a}", color: token("ink-2"), fontSize: 12 },
    };
    return one.low ? [...band(one, at, token), line] : [line];
  });
}

// An interval is a bare line at its low end with a filled one of its width stacked upon it.
function band(one, at, token) {
  const bare = { type: "line", stack: `band${at}`, symbol: "none", lineStyle: { opacity: 0 }, silent: true };
  const width = one.high.map((high, place) => (high === null || one.low[place] === null ? null : high - one.low[place]));
  return [{ ...bare, data: one.low }, { ...bare, data: width, areaStyle: { color: token("band") } }];
}

function target(data, token) {
  if (!data.target) return [];
  const colour = token("ok");
  return [{
    name: data.target.word, type: "line", data: data.labels.map(() => data.target.value), symbol: "none", silent: true,
    lineStyle: { type: "dashed", width: 1.5, color: colour },
    endLabel: { show: true, formatter: "{a}", color: colour, fontSize: 12 },
  }];
}

function options(data) {
  const token = style();
  const text = { color: token("ink-3"), fontSize: 12, fontFamily: getComputedStyle(document.body).fontFamily };
  const every = [...data.series.flatMap((s) => [...s.values, ...(s.low ?? []), ...(s.high ?? [])]), data.target?.value];
  const known = every.filter((value) => typeof value === "number");
  const span = Math.max(...known) - Math.min(...known);
  const loose = data.kind === "line" && Math.min(...known) > 0 && span < Math.min(...known);
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 96, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: data.labels, boundaryGap: data.kind === "bar", axisLabel: { ...text, hideOverlap: true }, axisLine: { lineStyle: { color: token("line-strong") } }, axisTick: { show: false } },
    yAxis: { type: "value", name: data.unit, nameGap: 10, nameTextStyle: { ...text, align: "left" }, scale: loose, minInterval: Number.isInteger(known[0]) && span > 3 ? 1 : 0, axisLabel: text, splitLine: { lineStyle: { color: token("line") } } },
    series: [...lines(data, token), ...target(data, token)],
  };
}

const drawn = [];
for (const place of document.querySelectorAll("[data-chart]")) {
  place.classList.add("on");
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const draw = () => chart.setOption(options(JSON.parse(place.dataset.chart)), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(place);
  drawn.push(draw);
  place.closest("figure")?.querySelector("[data-chart-table]")?.removeAttribute("open");
}
const again = () => drawn.forEach((draw) => draw());
new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
matchMedia("print").addEventListener("change", again);

// T opens the table behind the chart, and shuts it.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "t" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select")) return;
  for (const table of document.querySelectorAll("[data-chart-table]")) table.open = !table.open;
});
