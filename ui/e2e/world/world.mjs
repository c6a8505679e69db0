// A small real world in a folder of its own: a department, a street, a branch that works, one that was invited and never
// joined. Every office is its own process with its own ports.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Node } from "./node.mjs";
import { person } from "./names.mjs";

export const places = { department: "示范县委组织部", street: "示范街道党工委", branch: "示范一村党支部", absent: "示范二村党支部" };

export const villages = ["示范一村党支部", "示范二村党支部", "示范三村党支部"];

export class World {
  constructor(folder) {
    this.folder = folder;
    this.nodes = [];
  }

  async node(name) {
    const node = new Node(this.folder, name);
    await mkdir(node.folder, { recursive: true });
    this.nodes.push(node);
    return node;
  }

  /** Takes an office below another one, without comparing digits. */
  async adopt(superior, node, office, kind) {
    const ticket = join(this.folder, `${office}.txt`);
    await superior.cli("invite", "--office", office, "--kind", kind, "--auto-approve", "--out", ticket);
    await node.cli("join", ticket);
  }

  async stop() {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Starts everyone, joins the street and the branch. */
export async function startWorld() {
  const world = new World(await mkdtemp(join(tmpdir(), "ybz-")));
  try {
    const [department, street, branch, absent] = await Promise.all(["department", "street", "branch", "absent"].map((name) => world.node(name)));
    await department.cli("init", "--office", places.department, "--kind", "organization-department");
    await absent.cli("init", "--office", places.absent, "--kind", "branch");
    await Promise.all([department, street, branch, absent].map((node) => node.serve()));
    await world.adopt(department, street, places.street, "committee");
    await world.adopt(street, branch, places.branch, "branch");
    const invited = await street.rpc("invite.office", { name: places.absent, kind: "branch" });
    await writeFile(join(world.folder, "absent.txt"), invited.text);
    return Object.assign(world, { department, street, branch, absent });
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** A street with three villages: two that work, and one that joined and was switched off. */
export async function startDesk() {
  const world = new World(await mkdtemp(join(tmpdir(), "ybz-")));
  try {
    const [department, street, one, two, three] = await Promise.all(["department", "street", "one", "two", "three"].map((name) => world.node(name)));
    await department.cli("init", "--office", places.department, "--kind", "organization-department");
    await Promise.all([department, street, one, two, three].map((node) => node.serve()));
    await world.adopt(department, street, places.street, "committee");
    await department.stop();
    for (const [node, name] of [[one, villages[0]], [two, villages[1]], [three, villages[2]]]) {
      // One join after the other, as the street lets them in.
      // oxlint-disable-next-line no-await-in-loop
      await world.adopt(street, node, name, "branch");
    }
    await three.stop();
    return Object.assign(world, { street, one, two, three });
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** Members of a branch, the first five with posts, in three groups, the last three on probation. */
export async function addMembers(branch, count) {
  const posts = [["secretary"], ["deputy_secretary"], ["organization"], ["publicity"], ["discipline"]];
  const ids = [];
  for (let n = 0; n < count; n += 1) {
    // One writer keeps the order of the roster.
    // oxlint-disable-next-line no-await-in-loop
    const saved = await branch.rpc("member.save", {
      name: person(n), sex: n % 3 === 1 ? 2 : 1, birthMonth: `${1950 + (n * 7) % 50}-${String(1 + (n * 5) % 12).padStart(2, "0")}`,
      kind: n < count - 3 ? "full" : "probationary", joined: n < count - 3 ? `${1975 + (n * 7) % 48}-07` : "",
      group: `第${["一", "二", "三"][n % 3]}党小组`, posts: posts[n] ?? [],
    });
    ids.push(saved.id);
  }
  return ids;
}
