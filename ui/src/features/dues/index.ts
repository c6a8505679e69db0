export { MissingScreen as DuesScreen } from "../../components/MissingScreen";
