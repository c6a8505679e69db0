import type { OfficeKindDto } from "../../api/generated/OfficeKindDto";
import type { TextKey } from "../../locales";

/** The word for each kind of office. */
export const kinds: Record<OfficeKindDto, TextKey> = {
  branch: "frame.kindBranch",
  "general-branch": "frame.kindGeneralBranch",
  committee: "frame.kindCommittee",
  "organization-department": "frame.kindDepartment",
};

/** Kinds of offices right below each kind, the usual one first. */
export const below: Record<OfficeKindDto, readonly OfficeKindDto[]> = {
  "organization-department": ["committee", "organization-department"],
  committee: ["branch", "general-branch", "committee"],
  "general-branch": ["branch"],
  branch: [],
};
