/** How long nothing must come before what waits is done, and how long it may wait at most, in milliseconds. */
const still = 400;
const most = 700;

/** Waits for a pause, but never longer than `most` after the first touch: who types without pausing is kept up with. */
export interface Holdback {
  /** Something came that has to be done. */
  touch: () => void;
  /** Nothing is left to do. */
  stop: () => void;
}

export function holdback(act: () => void): Holdback {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let latest: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(pause);
    clearTimeout(latest);
    latest = undefined;
  };
  const go = () => {
    stop();
    act();
  };
  return {
    touch: () => {
      clearTimeout(pause);
      pause = setTimeout(go, still);
      latest ??= setTimeout(go, most);
    },
    stop,
  };
}

/** Keeps sends in their order: a later value is never overtaken by an earlier one that was slow. A failed one holds up none. */
export function inOrder<T>(send: (value: T) => Promise<unknown>): (value: T) => void {
  let last: Promise<unknown> | undefined;
  return (value) => {
    const mine = (last ? last.then(() => send(value)) : send(value)).catch(() => undefined);
    last = mine;
    void mine.then(() => {
      if (last === mine) last = undefined;
    });
  };
}

/** Sends what is typed, held back as above; null when it is done with. */
export function keeper<T>(send: (value: T | null) => Promise<unknown>): { keep: (value: T) => void; flush: () => void; discard: () => void } {
  const sent = inOrder(send);
  let pending: { value: T } | undefined;
  const flush = () => {
    wait.stop();
    if (!pending) return;
    const { value } = pending;
    pending = undefined;
    sent(value);
  };
  const wait = holdback(flush);
  return {
    keep: (value) => {
      pending = { value };
      wait.touch();
    },
    flush,
    discard: () => {
      wait.stop();
      pending = undefined;
      sent(null);
    },
  };
}
