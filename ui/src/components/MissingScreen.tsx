import { Blank } from ".";

export function MissingScreen() {
  return <Blank />;
}
