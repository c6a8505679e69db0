import { useState } from "react";
import { type FieldErrors, fieldErrors, keptAt, toDto } from "../../components";
import { useTexts } from "../../locales";

/** What goes wrong when a form is sent: at which field, what may be kept as written, which day has to be confirmed. */
export function useSend(fields: readonly string[]) {
  const texts = useTexts();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  const [far, setFar] = useState<string | null>(null);
  return {
    errors, stopped, far,
    /** Before it is sent: what is missing. True where nothing is. */
    begin(missing: FieldErrors): boolean {
      setErrors(missing);
      setStopped(null);
      setFar(null);
      return Object.keys(missing).length === 0;
    },
    typed: () => setStopped(null),
    failed(error: unknown) {
      setErrors(fieldErrors(texts, error, fields));
      setStopped(keptAt(error, fields));
      const dto = toDto(error);
      setFar(dto.code === "date_far" ? (dto.field ?? "on") : null);
    },
  };
}
