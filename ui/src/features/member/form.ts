import { useState } from "react";
import { type Input, type Name, type Output, useCommand } from "../../api";
import { fieldErrors, type FieldErrors, keptAt, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";

/** A small form that is one call: errors at their fields, a stopped text that may be let through, a word when it is done. */
export function useForm<K extends Name>(name: K, fields: readonly string[], onDone: (output: Output<K>) => void) {
  const texts = useTexts();
  const say = useToast();
  const command = useCommand(name);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [code, setCode] = useState<string | null>(null);
  const [stopped, setStopped] = useState<{ at: string; input: Input<K>; keep: () => void; clean: (input: Input<K>) => void } | null>(null);

  /** `odd`: fields in which something stands that is no number; it is not dropped without a word. */
  function submit(input: Input<K>, required: readonly string[] = [], odd: readonly string[] = []) {
    const typed = input as Record<string, unknown>;
    const missing = required.filter((field) => String(typed[field] ?? "").trim() === "");
    setErrors(Object.fromEntries([
      ...odd.map((field) => [field, texts.t("errors.invalid_input")] as const),
      ...missing.map((field) => [field, texts.t("errors.required")] as const),
    ]));
    setStopped(null);
    setCode(null);
    if (missing.length > 0 || odd.length > 0 || command.isPending) return;
    command.mutate(input, {
      onSuccess: (output) => {
        say(texts.t("common.saved"));
        onDone(output);
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        setCode(toDto(error).code);
        const at = keptAt(error, fields);
        setStopped(at === null ? null : { at, input, keep: () => submit({ ...input, keepMatches: true }, required), clean: (clean) => submit(clean, required) });
      },
    });
  }

  /** What a field needs to show its error and, where a text was stopped, the way past it. */
  const at = (field: string) => ({ error: errors[field], keep: stopped?.at === field ? stopped.keep : undefined });
  return { submit, at, code, foot: errors[""], stoppedAtFoot: stopped?.at === "" ? stopped : undefined, pending: command.isPending };
}
