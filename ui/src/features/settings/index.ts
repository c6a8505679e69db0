export { MissingScreen as SettingsScreen } from "../../components/MissingScreen";
