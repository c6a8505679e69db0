import { describe, expect, it } from "vitest";
import { antTheme, applyTokens, palettes } from "./tokens";

/** Relative luminance of `#rrggbb`, as WCAG 2.2 has it. */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

describe.each(["light", "dark"] as const)("the colours, %s", (shown) => {
  const of = palettes[shown];

  it("are read on what they stand on", () => {
    const grounds = [of.paper, of.ground, of.greySoft, of.primarySoft];
    for (const ground of grounds) {
      for (const words of [of.ink, of.inkSoft, of.primary]) expect(contrast(words, ground), `${words} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const tone of ["grey", "blue", "green", "yellow", "red"] as const) {
      for (const ground of [of.paper, of[`${tone}Soft`]]) expect(contrast(of[tone], ground), `${tone} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      for (const words of [of.ink, of.inkSoft]) expect(contrast(words, of[`${tone}Soft`]), `words on ${tone}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(of.onPrimary, of.primary)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.onSeal, of.seal)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.placeholder, of.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of.star, of.paper)).toBeGreaterThanOrEqual(4.5);
    // Edges of controls.
    expect(contrast(of.lineStrong, of.paper)).toBeGreaterThanOrEqual(3);
    // Short news: the paper's colour on ink.
    expect(contrast(of.paper, of.ink)).toBeGreaterThanOrEqual(4.5);
  });

  it("reach the page and the parts of the library", () => {
    const root = document.createElement("html");
    applyTokens(root, true, shown);
    expect(root.style.getPropertyValue("--ink-soft")).toBe(of.inkSoft);
    expect(root.dataset["theme"]).toBe(shown);
    expect(root.classList.contains("large-type")).toBe(true);
    expect(antTheme(20, shown).token).toMatchObject({ colorText: of.ink, colorBgContainer: of.paper, fontSize: 20 });
  });
});
