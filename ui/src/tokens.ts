import { theme, type ThemeConfig } from "antd";

/** Colours with at least AA contrast on paper; each status colour is only ever shown beside an icon and words. */
const light = {
  ink: "#20242a",
  inkSoft: "#4d5560",
  paper: "#ffffff",
  ground: "#f5f4f0",
  line: "#d5d3cb",
  lineStrong: "#84827a",
  primary: "#1f4e79",
  primarySoft: "#e8eff6",
  onPrimary: "#ffffff",
  seal: "#9c2b22",
  onSeal: "#ffffff",
  star: "#9c2b22",
  grey: "#545b65",
  greySoft: "#eeeeeb",
  blue: "#1d5a96",
  blueSoft: "#e7f0f9",
  green: "#256b3c",
  greenSoft: "#e6f2e9",
  yellow: "#735100",
  yellowSoft: "#fbf2da",
  red: "#9a2d24",
  redSoft: "#faeae8",
  placeholder: "#6b717a",
  shadow: "rgb(0 0 0 / 15%)",
};

type Palette = typeof light;

/** The same in the dark: soft grounds are deep, words on them pale; nothing is pure black or pure white. */
const dark: Palette = {
  ink: "#e6e4de",
  inkSoft: "#b4b6ba",
  paper: "#1f2226",
  ground: "#16181b",
  line: "#3a3e44",
  lineStrong: "#7d828a",
  primary: "#8fbfee",
  primarySoft: "#22364a",
  onPrimary: "#10202f",
  seal: "#b5443b",
  onSeal: "#ffffff",
  star: "#f0a9a2",
  grey: "#bfc4ca",
  greySoft: "#2b2f34",
  blue: "#9cc8f2",
  blueSoft: "#1d3247",
  green: "#96d4a8",
  greenSoft: "#1d3626",
  yellow: "#e8c46a",
  yellowSoft: "#3a3017",
  red: "#f2a8a0",
  redSoft: "#43231f",
  placeholder: "#a0a5ac",
  shadow: "rgb(0 0 0 / 60%)",
};

export const palettes = { light, dark } as const;
export type Theme = keyof typeof palettes;

/** Lengths in rem, so that they follow the size of the text. */
export const lengths = {
  target: "2.75rem",
  radius: "0.5rem",
  gap: "1rem",
  nav: "13rem",
} as const;

export const fonts =
  '"Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "WenQuanYi Micro Hei", system-ui, sans-serif';

/** Writes the tokens as CSS variables; 大字 raises the root size from 16 to 20 px. */
export function applyTokens(root: HTMLElement, largeType: boolean, shown: Theme): void {
  for (const [name, value] of Object.entries({ ...palettes[shown], ...lengths })) {
    root.style.setProperty(`--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value);
  }
  root.style.setProperty("--fonts", fonts);
  // Lists, scroll bars and ticks that the system draws.
  root.style.colorScheme = shown;
  root.dataset["theme"] = shown;
  root.classList.toggle("large-type", largeType);
}

/** Pixels of one rem, also when the user has set larger text in the system. */
export function rootSize(root: HTMLElement): number {
  const size = Number.parseFloat(getComputedStyle(root).fontSize);
  return Number.isFinite(size) && size >= 16 ? size : 16;
}

/** Ant Design under the same tokens. */
export function antTheme(rem: number, shown: Theme): ThemeConfig {
  const colours = palettes[shown];
  return {
    algorithm: shown === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: fonts,
      fontSize: rem,
      fontSizeSM: rem,
      controlHeight: rem * 2.75,
      controlHeightSM: rem * 2.75,
      borderRadius: rem / 2,
      colorPrimary: colours.primary,
      colorTextLightSolid: colours.onPrimary,
      colorText: colours.ink,
      colorTextDescription: colours.inkSoft,
      colorTextPlaceholder: colours.placeholder,
      colorBgContainer: colours.paper,
      colorBgElevated: colours.paper,
      colorBorder: colours.lineStrong,
      colorError: colours.red,
      colorSuccess: colours.green,
      colorWarning: colours.yellow,
      colorInfo: colours.blue,
      colorLink: colours.primary,
      motion: false,
    },
  };
}
