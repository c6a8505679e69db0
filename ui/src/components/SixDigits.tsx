import { useTexts } from "../locales";

/** Read aloud digit by digit, shown in two threes. */
export function SixDigits({ code }: { code: string }) {
  const { t } = useTexts();
  const digits = code.replaceAll(/\D/g, "");
  return (
    <span className="six-digits">
      <span className="visually-hidden">{t("org.code")}: {digits.split("").join(" ")}</span>
      <span aria-hidden="true">{digits.slice(0, 3)} {digits.slice(3)}</span>
    </span>
  );
}
