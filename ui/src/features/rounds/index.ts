export { CommonScreen } from "./CommonScreen";
export { InterviewsScreen } from "./InterviewsScreen";
export { LettersScreen } from "./LettersScreen";
export { ListsScreen } from "./ListsScreen";
export { ProjectsScreen } from "./ProjectsScreen";
export { WeakScreen } from "./WeakScreen";
