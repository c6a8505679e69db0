const paths = {
  lock: "M6 10V7a4 4 0 1 1 8 0v3h1.5v8h-11v-8zm2 0h4V7a2 2 0 1 0-4 0z",
  check: "M8 15.2 2.8 10l1.6-1.6L8 12l7.6-7.6L17.200 6z",
  warn: "M10 2 1.500 17.500h17zM9 7.500h2v5H9zm0 6.500h2v2H9z",
  stop: "M6 1.500h8L18.500 6v8L14 18.500H6L1.500 14V6zM5 9v2h10V9z",
  arrow: "M9 17V6.500L4.700 10.800 3.300 9.400 10 2.700l6.700 6.700-1.400 1.400L11 6.500V17z",
  disk: "M3 3h11l3 3v11H3zm3 1.500V8h7V4.500zM6 11v5h8v-5z",
  eye: "M10 4c4.500 0 7.500 3.500 9 6-1.500 2.500-4.500 6-9 6s-7.500-3.500-9-6c1.500-2.500 4.500-6 9-6m0 2.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7",
  info: "M10 1.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M9 8.500h2V15H9zm0-3.500h2v2H9z",
  pen: "m13.500 2.500 4 4L7 17l-5 1 1-5z",
  house: "M10 2 1.500 9.500H4V17.500h4.500v-5h3v5H16V9.500h2.500z",
  people: "M7 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6M1.500 17c0-4 2-6.500 5.500-6.500s5.500 2.500 5.500 6.500zM13.500 4a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5M14 17h4.500c0-4-1.500-6-4.500-6.200 1 1.500 1.500 3.500 0 6.200",
  minus: "M3.500 9h13v2h-13z",
  back: "M11.500 3.300 4.800 10l6.700 6.700 1.400-1.400L7.600 10l5.300-5.300z",
} as const;

export type GlyphName = keyof typeof paths;

/** A small picture that always stands beside words. */
export function Glyph({ name }: { name: GlyphName }) {
  return (
    <svg className="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
