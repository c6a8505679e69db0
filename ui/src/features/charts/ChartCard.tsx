import { Button } from "antd";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Blank } from "../../components";
import { useTexts } from "../../locales";
import { rootSize, type Theme } from "../../tokens";
import type { draw } from "./draw";
import { cellsOf, type Drawn, drawable } from "./model";

/** A chart with its heading; one button opens the numbers as a table, which print and screen readers have too. */
export function ChartCard({ title, what, drawn, filters }: { title: string; what: string; drawn: Drawn; filters?: ReactNode }) {
  const { t, pair } = useTexts();
  const id = useId();
  const [numbers, setNumbers] = useState(false);
  const any = drawable(drawn);
  return (
    <section className="card stack chart-card" aria-labelledby={id}>
      <div className="row apart">
        <h2 id={id}>{title}</h2>
        {any ? <Button className="no-print" aria-expanded={numbers} onClick={() => setNumbers(!numbers)} aria-label={`${t(numbers ? "charts.picture" : "charts.numbers")} ${title}`}>{t(numbers ? "charts.picture" : "charts.numbers")}</Button> : null}
      </div>
      {filters}
      <p className="soft">{what}</p>
      {any ? (
        <>
          {numbers ? null : <Picture drawn={drawn} label={pair(title, what)} />}
          <div className={numbers ? "scroll" : "scroll print-only"}><Numbers drawn={drawn} label={title} /></div>
        </>
      ) : <Blank>{t("charts.none")}</Blank>}
    </section>
  );
}

function Numbers({ drawn, label }: { drawn: Drawn; label: string }) {
  const cells = cellsOf(drawn);
  return (
    <table className="table" aria-label={label}>
      <thead><tr><th scope="col">{drawn.first}</th>{drawn.series.map((one) => <th key={one.name} scope="col" className="num">{one.name}</th>)}</tr></thead>
      <tbody>
        {drawn.labels.map((name, row) => (
          <tr key={`${name} ${row}`}><th scope="row">{name}</th>{(cells[row] ?? []).map((cell, column) => <td key={column} className="num">{cell}</td>)}</tr>
        ))}
      </tbody>
      {drawn.foot ? <tfoot><tr>{drawn.foot.map((cell, column) => (column === 0 ? <th key={column} scope="row">{cell}</th> : <td key={column} className="num">{cell}</td>))}</tr></tfoot> : null}
    </table>
  );
}

type Chart = ReturnType<typeof draw>;

/** A picture on A4 within its margins, in pixels, as the stylesheet has it. */
const PAPER = { width: 660, height: 300 };

/** The picture; its library comes when the first one is shown. It is drawn anew for another theme, size or paper. */
function Picture({ drawn, label }: { drawn: Drawn; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  const latest = useRef(drawn);

  useEffect(() => {
    let gone = false;
    let made: Chart | null = null;
    void import("./draw").then((library) => {
      if (gone || box.current === null) return;
      made = library.draw(box.current);
      setChart(made);
    });
    return () => {
      gone = true;
      made?.end();
    };
  }, []);

  useEffect(() => {
    latest.current = drawn;
    if (chart === null) return;
    const root = document.documentElement;
    const show = () => chart.show(latest.current, (root.dataset["theme"] ?? "light") as Theme, rootSize(root));
    show();
    // Theme and size of text stand at the root of the page.
    const looks = new MutationObserver(show);
    looks.observe(root, { attributes: true, attributeFilter: ["data-theme", "class"] });
    // On paper it is as wide as the paper, whatever the window is.
    const onPaper = () => chart.resize(PAPER);
    const onScreen = () => chart.resize();
    globalThis.addEventListener("beforeprint", onPaper);
    globalThis.addEventListener("afterprint", onScreen);
    const size = new ResizeObserver(() => chart.resize());
    if (box.current) size.observe(box.current);
    return () => {
      globalThis.removeEventListener("beforeprint", onPaper);
      globalThis.removeEventListener("afterprint", onScreen);
      looks.disconnect();
      size.disconnect();
    };
  }, [chart, drawn]);

  return <div className="chart" role="img" aria-label={label} ref={box} />;
}
