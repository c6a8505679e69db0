export { MissingScreen as ImportScreen } from "../../components/MissingScreen";
