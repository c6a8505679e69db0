import type { Input, Output } from "../../api";
import type { SessionKind } from "../../api/generated/SessionKind";
import type { FieldErrors } from "../../components";
import type { Texts } from "../../locales";
import { hoursText, readCount } from "./kinds";

/** A session as it stands in the form; also what a draft holds. */
export interface MeetingForm {
  kinds: SessionKind[];
  date: string;
  start: string;
  place: string;
  chair: string;
  recorder: string;
  topic: string;
  group: string;
  minutes: string;
  resolution: string;
  hours: string;
  talks: string;
  problems: string;
  measures: string;
}

export function emptyMeeting(kind: SessionKind | null, date: string | null, recorder: string | null): MeetingForm {
  return {
    kinds: kind ? [kind] : [], date: date ?? "", start: "", place: "", chair: "", recorder: recorder ?? "", topic: "", group: "",
    minutes: "", resolution: "", hours: "", talks: "", problems: "", measures: "",
  };
}

export function formOf(view: Output<"meeting.get">): MeetingForm {
  const { row, start, place, chair, recorder, group, minutes, resolution, hours, talks, problems, measures } = view;
  return { kinds: row.kinds, date: row.date, topic: row.topic, start, place, chair, recorder, group, minutes, resolution, hours: hours === null ? "" : hoursText(hours), talks: talks === null ? "" : String(talks), problems, measures };
}

export function check(form: MeetingForm, { t }: Texts): FieldErrors {
  const errors: FieldErrors = {};
  if (form.kinds.length === 0) errors["kinds"] = t("errors.required");
  if (form.date.trim() === "") errors["date"] = t("errors.required");
  if (form.start.trim() !== "" && !/^([01]?\d|2[0-3])([:\uff1a.点]([0-5]?\d)?|[0-5]\d)$/.test(form.start.trim())) errors["start"] = t("meeting.startHint");
  if (!/^\s*(\d{1,3}([.]\d)?)?\s*$/.test(form.hours)) errors["hours"] = t("meeting.hoursHint");
  if (form.talks.trim() !== "" && readCount(form.talks) === null) errors["talks"] = t("errors.invalid_input");
  return errors;
}

/** On what the roll depends. */
export const rollOf = (form: MeetingForm): string => [form.kinds.toSorted().join(), form.date.trim(), form.kinds.includes("group_meeting") ? form.group.trim() : ""].join(" ");

/** Text that was not touched is left alone, so that two devices can write on. */
export function inputOf(form: MeetingForm, id: string | null, before: MeetingForm | null, { confirmDate = false, reroll = false }: { confirmDate?: boolean; reroll?: boolean } = {}): Input<"meeting.save"> {
  return {
    id,
    kinds: form.kinds,
    date: form.date.trim(),
    start: form.start.trim().replace("\uff1a", ":"),
    place: form.place.trim(),
    chair: form.chair.trim(),
    recorder: form.recorder.trim(),
    topic: form.topic.trim(),
    group: form.group.trim(),
    minutes: before && before.minutes === form.minutes ? null : form.minutes,
    resolution: before && before.resolution === form.resolution ? null : form.resolution,
    hours: form.hours.trim() === "" ? null : Math.round(Number(form.hours) * 10),
    talks: readCount(form.talks),
    clear: (["hours", "talks"] as const).filter((field) => before !== null && before[field] !== "" && form[field].trim() === ""),
    reroll,
    problems: before && before.problems === form.problems ? null : form.problems,
    measures: before && before.measures === form.measures ? null : form.measures,
    confirmDate,
  };
}

export const errorFields = ["kinds", "date", "start", "place", "chair", "recorder", "topic", "group", "minutes", "resolution", "hours", "talks", "problems", "measures"] as const;
