import { describe, expect, it } from "vitest";
import type { DraftRow } from "../../api/generated/DraftRow";
import { type Form, formOf, whereOf, yearOf } from "./drafts";

const draft = (form: string, key: string): DraftRow => ({ form, key, value: {}, savedOn: "2026-03-05" });
const where = (row: DraftRow) => whereOf(row, formOf(row) as Form);

describe("where a draft goes on", () => {
  it("is the month that a round was planned for", () => {
    expect(where(draft("interview_plan", "2026-05"))).toEqual({ to: "/interviews", search: { id: "2026-05" } });
  });
  it("is the year of its books where the screen follows the year that is chosen", () => {
    expect(where(draft("remit", "2025"))).toEqual({ to: "/dues", search: { tab: "remit", draft: "new" } });
    expect(yearOf(draft("remit", "2025"))).toBe(2025);
    expect(where(draft("assess", "ab0001 2025"))).toEqual({ to: "/dues", search: { tab: "standard", id: "ab0001" } });
    expect(yearOf(draft("assess", "ab0001 2025"))).toBe(2025);
    expect(yearOf(draft("assess_year", "2025"))).toBe(2025);
  });
  it("is the year that is chosen for any other", () => {
    expect(yearOf(draft("visit", "new"))).toBeNull();
    expect(yearOf(draft("make_items", "t1 2025"))).toBeNull();
    expect(yearOf(draft("assess", "ab0001"))).toBeNull();
  });
});
