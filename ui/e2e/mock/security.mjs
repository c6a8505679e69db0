import { Fault, today } from "./state.mjs";

const words = "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual".split(" ");

/** Whoever changes how the key is kept knows the passphrase in force. */
function mustKnow(state, current) {
  if (state.key.passphrase !== null && current !== state.key.passphrase) throw new Fault("wrong_passphrase", {}, "current");
}

function longEnough(passphrase, field = "passphrase") {
  if (passphrase.trim().length < 8) throw new Fault("passphrase_short", { min: "8" }, field);
}

export const handlers = {
  "key.status": (state) => ({
    holder: state.key.passphrase === null ? "keychain" : "passphrase", passphraseOn: state.key.passphrase === null ? null : today,
    sheetOn: state.key.sheetOn, number: "1f3e5d7c", waiting: state.key.waiting ?? [], locked: state.key.locked ?? [],
  }),
  "key.set_passphrase": (state, input) => {
    longEnough(input.passphrase);
    mustKnow(state, input.current);
    state.key.passphrase = input.passphrase;
    state.touch("key");
    return {};
  },
  "key.use_keychain": (state, input) => {
    mustKnow(state, input.current);
    state.key.passphrase = null;
    state.touch("key");
    return {};
  },
  "key.recovery_sheet": (state, input) => {
    mustKnow(state, input.current);
    state.key.sheetOn = today;
    state.touch("key");
    return { words, number: "1f3e5d7c", on: today, offices: state.offices.map((office) => office.name) };
  },
  "node.unlock": (state, input) => {
    if (input.passphrase !== state.key.passphrase) throw new Fault("wrong_passphrase", {}, "passphrase");
    state.locked = false;
    state.touch("*");
    return {};
  },
  "key.recover": (state, input) => {
    longEnough(input.passphrase);
    if (input.words.trim().split(/\s+/).join(" ") !== words.join(" ")) throw new Fault("words_wrong", {}, "words");
    state.key.passphrase = input.passphrase;
    state.locked = false;
    state.touch("*");
    return {};
  },
  "backup.status": (state) => ({ schedule: state.backup.schedule, last: state.backup.last, days: state.backup.last ? 3 : null, trouble: state.backup.trouble, places: ["/media/shuji/U盘"] }),
  "backup.make": (state, input) => {
    if (!input.folder.startsWith("/media")) throw new Fault("backup_folder_missing", { folder: input.folder }, "folder");
    state.backup.last = { file: `${input.folder}/ybz-${today}-1f3e5d7c-1.ybzbackup`, on: today, bytes: 1_400_000 };
    state.backup.trouble = null;
    state.touch("backup");
    return state.backup.last;
  },
  "backup.schedule": (state, input) => {
    state.backup.schedule = input.everyDays === 0 ? null : input;
    state.touch("backup");
    return {};
  },
  "backup.verify": (state) => state.backup.last,
  "backup.found": () => [{ file: "/media/shuji/U盘/ybz-backup/ybz-2026-03-15-1f3e5d7c-1.ybzbackup", on: "2026-03-15", bytes: 1_400_000 }],
  "backup.restore": (state, input) => {
    if (input.passphrase !== "老井边的槐树开花了") throw new Fault("wrong_passphrase", {}, "passphrase");
    state.role = "branch";
    state.offices = [{ id: "n0000001", name: "某街道某村党支部", kind: "branch", role: "viewer", superior: "某街道党工委", tree: "t0", region: null }];
    state.key = { passphrase: input.passphrase, sheetOn: null, waiting: ["某街道某村党支部"], locked: ["某街道某村党支部"] };
    state.touch("*");
    return {};
  },
};
