import { type FocusEvent, useState } from "react";

/** Whether the focus is in a form, remembered across forms that follow each other. */
export interface FocusWithin {
  /** At first, and while somebody is in the form: one that begins anew then takes the focus over. */
  has: boolean;
  watch: { onFocus: () => void; onBlur: (event: FocusEvent<HTMLElement>) => void };
}

/** A form that begins anew with its record keeps the focus where it had it, and takes it from nothing else. */
export function useFocusWithin(): FocusWithin {
  const [has, setHas] = useState(true);
  return {
    has,
    watch: {
      onFocus: () => setHas(true),
      onBlur: (event) => {
        // A window that goes to the background leaves the focus where it is.
        if (document.activeElement !== event.target && !event.currentTarget.contains(event.relatedTarget)) setHas(false);
      },
    },
  };
}
