import type { ThemeConfig } from "antd";

/** Colours with at least AA contrast on paper; each status colour is only ever shown beside an icon and words. */
export const colours = {
  ink: "#20242a",
  inkSoft: "#4d5560",
  paper: "#ffffff",
  ground: "#f5f4f0",
  line: "#d5d3cb",
  lineStrong: "#84827a",
  primary: "#1f4e79",
  primarySoft: "#e8eff6",
  seal: "#9c2b22",
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
} as const;

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
export function applyTokens(root: HTMLElement, largeType: boolean): void {
  for (const [name, value] of Object.entries({ ...colours, ...lengths })) {
    root.style.setProperty(`--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value);
  }
  root.style.setProperty("--fonts", fonts);
  root.classList.toggle("large-type", largeType);
}

/** Pixels of one rem, also when the user has set larger text in the system. */
export function rootSize(root: HTMLElement): number {
  const size = Number.parseFloat(getComputedStyle(root).fontSize);
  return Number.isFinite(size) && size >= 16 ? size : 16;
}

/** Ant Design under the same tokens. */
export function antTheme(rem: number): ThemeConfig {
  return {
    token: {
      fontFamily: fonts,
      fontSize: rem,
      fontSizeSM: rem,
      controlHeight: rem * 2.75,
      controlHeightSM: rem * 2.75,
      borderRadius: rem / 2,
      colorPrimary: colours.primary,
      colorText: colours.ink,
      colorTextDescription: colours.inkSoft,
      colorTextPlaceholder: "#6b717a",
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
