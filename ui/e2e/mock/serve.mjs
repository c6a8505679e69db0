// `npm run mock -- branch|committee|department|empty`: the screens with made-up data, for looking at them.
import { startMock } from "./server.mjs";

const mock = await startMock({ role: process.argv[2] ?? "branch" });
console.log(mock.url);
