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
    const years = overview.data?.years ?? [];
    const year = chosenYear !== null && years.includes(chosenYear) ? chosenYear : (years.at(-1) ?? null);
    return {
      overview: overview.data ?? null,
      office: offices.find((office) => office.id === chosen) ?? offices[0] ?? null,
      year,
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
