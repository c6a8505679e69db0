import { Fault } from "./state.mjs";

const clock = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** The sample, the day's summary, and what the settings refuse. */
export const handlers = {
  "settings.set": (state, input) => {
    if (input.reminderAt !== null && !clock.test(input.reminderAt)) throw new Fault("invalid_input", { value: input.reminderAt }, "reminderAt");
    state.settings = input;
    state.touch("settings");
  },
  "reminder.take": (state) => {
    const { reminder } = state;
    state.reminder = null;
    return { reminder };
  },
  "sample.make": (state) => {
    const there = state.offices.find((one) => one.sample);
    if (!there) {
      state.offices.push({ id: "5a000001", name: "示例村党支部", kind: "branch", role: "keeper", custody: false, ownBooks: true, superior: null, tree: null, region: null, sample: true });
      if (state.role === "empty") state.role = "branch";
    }
    state.touch("*");
    return { office: "5a000001" };
  },
  "sample.remove": (state) => {
    if (!state.offices.some((one) => one.sample)) throw new Fault("sample_none");
    state.offices = state.offices.filter((one) => !one.sample);
    if (state.offices.length === 0) state.role = "empty";
    state.touch("*");
  },
};
