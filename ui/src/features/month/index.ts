export { MonthScreen } from "./MonthScreen";
export { SubmissionScreen } from "./SubmissionScreen";
export { YearScreen } from "./YearScreen";
