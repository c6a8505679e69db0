import { createContext, type ReactNode, useContext } from "react";
import type { NodeOverview } from "./generated/NodeOverview";
import type { OfficeCard } from "./generated/OfficeCard";

/** Which office's books and which ledger year the screens show. */
export interface OfficeChoice {
  office: OfficeCard | null;
  overview: NodeOverview | null;
  year: number | null;
  choose: (office: string) => void;
  /** Years to choose from: those of the books, and the next one, for which a branch arranges before it begins. */
  years: readonly number[];
  chooseYear: (year: number) => void;
  /** Today as the user gave it, because this machine's clock is plainly wrong. */
  declaredToday: string | null;
  declareToday: (date: string) => void;
}

const Context = createContext<OfficeChoice>({
  office: null,
  overview: null,
  year: null,
  choose: () => {},
  years: [],
  chooseYear: () => {},
  declaredToday: null,
  declareToday: () => {},
});

export function OfficeProvider({ value, children }: { value: OfficeChoice; children: ReactNode }) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useOffice(): OfficeChoice {
  return useContext(Context);
}

export type Role = "branch" | "committee" | "department";

/** The set of screens that an office of this kind works with. */
export function roleOf(office: OfficeCard | null): Role {
  switch (office?.kind) {
    case "organization-department":
      return "department";
    case "committee":
      return "committee";
    default:
      return "branch";
  }
}
