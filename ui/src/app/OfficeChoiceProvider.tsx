import { type ReactNode, useMemo, useState } from "react";
import { nothing, OfficeProvider, useQuery } from "../api";
import { Loaded } from "../components";

const remembered = "yibenzhang.office";

function recall(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

function remember(office: string): void {
  try {
    localStorage.setItem(remembered, office);
  } catch {
    // A browser without storage starts with the first office again.
  }
}

/** Holds the office and the year chosen in the frame; starts with the office used last. */
export function OfficeChoiceProvider({ children }: { children: ReactNode }) {
  const overview = useQuery("node.overview", nothing);
  const [chosen, setChosen] = useState(recall);
  const [chosenYear, setChosenYear] = useState<number | null>(null);
  const [declaredToday, declareToday] = useState<string | null>(null);

  const value = useMemo(() => {
    const offices = overview.data?.offices ?? [];
    const now = Number((declaredToday ?? overview.data?.today ?? "").slice(0, 4));
    const known = overview.data?.years ?? [];
    const years = now > 0 ? [...new Set([...known, now, now + 1])].toSorted((a, b) => a - b) : known;
    // A book of a later year, also one that a mistyped date made, moves nobody there.
    const usual = now > 0 ? now : (known.at(-1) ?? null);
    const year = chosenYear !== null && years.includes(chosenYear) ? chosenYear : usual;
    return {
      overview: overview.data ?? null,
      office: offices.find((office) => office.id === chosen) ?? offices[0] ?? null,
      year,
      years,
      choose: (office: string) => {
        remember(office);
        setChosen(office);
      },
      chooseYear: setChosenYear,
      declaredToday,
      declareToday,
    };
  }, [overview.data, chosen, chosenYear, declaredToday]);

  return <Loaded query={overview}>{() => <OfficeProvider value={value}>{children}</OfficeProvider>}</Loaded>;
}
