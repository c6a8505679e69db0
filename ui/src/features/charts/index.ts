export { ChartsScreen } from "./ChartsScreen";
