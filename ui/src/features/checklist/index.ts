export { MissingScreen as ChecklistsScreen } from "../../components/MissingScreen";
export { MissingScreen as ItemScreen } from "../../components/MissingScreen";
export { MissingScreen as DispatchScreen } from "../../components/MissingScreen";
