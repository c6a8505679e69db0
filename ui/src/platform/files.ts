import type { FileOutput } from "../api/generated/FileOutput";
import type { ImportFile } from "../api/generated/ImportFile";

/** Hands the bytes to the browser's own download. */
export function download(file: FileOutput): Promise<void> {
  const bytes = Uint8Array.from(atob(file.base64), (c) => c.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return Promise.resolve();
}

/** Opens the file chooser through a hidden input. */
export function choose(accept: string): Promise<ImportFile | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.hidden = true;
    input.dataset["role"] = "file-choice";
    const done = (file: ImportFile | null) => {
      input.remove();
      resolve(file);
    };
    input.addEventListener("cancel", () => done(null));
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (!file) return done(null);
      void readBase64(file).then((base64) => done({ name: file.name, base64 }), () => done(null));
    });
    document.body.append(input);
    input.click();
  });
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("unreadable")));
    reader.readAsDataURL(file);
  });
}
