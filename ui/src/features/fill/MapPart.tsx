import { Button } from "antd";
import { useRef, useState } from "react";
import { useCommand } from "../../api";
import type { FillField } from "../../api/generated/FillField";
import type { FillGrid } from "../../api/generated/FillGrid";
import type { FillPlace } from "../../api/generated/FillPlace";
import { ErrorNotice, Glyph, Notice } from "../../components";
import { useTexts } from "../../locales";
import { type Drawn, labelOf, placed, tableOf, taken } from "./cells";
import { FieldList } from "./FieldList";
import { FormGrid } from "./FormGrid";
import { Sheets } from "./FormScreen";
import { LastRows } from "./LastRows";

/** 指定: a field at the left, its cell in the form at the right; kept at once. */
export function MapPart({ id, grid, onSheet }: { id: string; grid: FillGrid; onSheet: (sheet: string) => void }) {
  const texts = useTexts();
  const { t, code, several } = texts;
  const map = useCommand("fill.map");
  const [chosen, setChosen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  // What was pointed at since: the next place goes beside it, also before the form that comes back has it.
  const [own, setOwn] = useState<FillPlace[] | null>(null);
  const kept = useRef<FillPlace[] | null>(null);
  const sent = useRef(0);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const { fields } = grid;
  const places = own ?? grid.places;
  const suggestions = own === null ? grid.suggestions : grid.suggestions.filter((one) => !own.some((place) => place.key === one.key));
  const here = taken(places, grid.sheet);
  const proposed = taken(suggestions, grid.sheet);
  const label = (key: string) => labelOf(texts, fields, key);
  /** Without the table's heading: the columns stand beside each other. */
  const short = (key: string) => (tableOf(key) === null ? label(key) : fields.find((field) => field.key === key)?.label ?? key);

  function keep(next: FillPlace[], after?: () => void) {
    sent.current += 1;
    const turn = sent.current;
    setOwn(next);
    // Each holds all places: they are sent in the order in which they were made.
    line.current = line.current.then(() => map.mutateAsync({ id, places: next })).then(
      ({ places: stand }) => {
        kept.current = stand;
        if (turn === sent.current) setOwn(stand);
        after?.();
      },
      () => {
        if (turn === sent.current) setOwn(kept.current);
      },
    );
  }

  function choose(field: FillField) {
    setChosen(field.key);
    map.reset();
    box.current?.querySelector<HTMLElement>("td[tabindex='0']")?.focus();
  }

  function point(cell: Drawn) {
    const key = chosen ?? (here.has(cell.name) ? null : proposed.get(cell.name)?.key ?? null);
    if (!key) return;
    keep(placed(places, key, grid.sheet, cell.name), () => {
      setChosen(null);
      // Back to the list, so that the next one is a few keys away.
      list.current?.querySelector<HTMLElement>("button[tabindex='0']")?.focus();
    });
  }

  const clear = (key: string) => keep(places.filter((place) => place.key !== key));
  const lastRow = (table: string, row: number) => keep(places.map((place) => (tableOf(place.key) === table ? { ...place, lastRow: row } : place)));
  const notes = map.data?.notes ?? [];
  return (
    <>
      <Sheets sheets={grid.sheets} sheet={grid.sheet} onSheet={onSheet} />
      {suggestions.length > 0 ? (
        <Notice tone="blue" action={<Button loading={map.isPending} onClick={() => keep([...places, ...suggestions])}>{t("fill.takeAll")}</Button>}>
          {t("fill.suggestions", { n: suggestions.length, labels: several(suggestions.map((place) => label(place.key))) })}
        </Notice>
      ) : null}
      {map.error ? <ErrorNotice error={map.error} /> : null}
      {notes.map((note, index) => <Notice key={index} tone="yellow">{label(note.key)}: {code("fill", note.code, { cell: note.cell })}</Notice>)}
      <div className="form-parts">
        <div ref={list}>
          <FieldList fields={fields} places={places} chosen={chosen} onChoose={choose} onClear={clear} />
          <LastRows fields={fields} places={places} onChange={lastRow} />
        </div>
        <div className="stack tight" ref={box}>
          <p role="status">{chosen ? t("fill.pointFor", { label: label(chosen) }) : t("fill.chooseFirst")}</p>
          <FormGrid grid={grid} onPoint={point}
            onClear={(cell) => { const place = here.get(cell.name); if (place) clear(place.key); }}
            renderCell={(cell) => {
              const place = here.get(cell.name);
              if (place) return { look: "taken", spoken: t("fill.cellTakes", { label: label(place.key) }), words: <span className="takes"><Glyph name="pen" />{short(place.key)}</span> };
              const idea = proposed.get(cell.name);
              if (idea) return { look: "suggested", spoken: t("fill.cellSuggested", { label: short(idea.key) }), words: <span className="idea">{t("fill.cellSuggested", { label: short(idea.key) })}</span> };
              return null;
            }} />
          <p className="soft">{[grid.printArea ? t("fill.printed", { area: grid.printArea }) : "", grid.cut ? t("fill.cut") : ""].filter(Boolean).join(" · ")}</p>
        </div>
      </div>
    </>
  );
}

