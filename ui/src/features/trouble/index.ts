export { TroublesPart } from "./TroublesPart";
