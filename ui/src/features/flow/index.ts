export { ActDialog } from "./ActDialog";
export { allFlows, FlowFilters, useFlowFilters } from "./filters";
export { FlowLine, FlowList } from "./FlowList";
export { FlowScreen } from "./FlowScreen";
export { FlowsScreen } from "./FlowsScreen";
export { nameOf } from "./names";
export { OpenDialog } from "./OpenDialog";
export { SentHere, useWaiting } from "./SentHere";
