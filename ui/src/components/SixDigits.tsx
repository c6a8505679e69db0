import { useTexts } from "../locales";

/** Read aloud digit by digit: six shown in two threes, the fifteen of a file in three fives. */
export function SixDigits({ code }: { code: string }) {
  const { t } = useTexts();
  const digits = code.replaceAll(/\D/g, "");
  const long = digits.length > 6;
  const groups = digits.match(long ? /.{1,5}/g : /.{1,3}/g) ?? [];
  return (
    <span className={long ? "six-digits long" : "six-digits"}>
      <span className="visually-hidden">{t(long ? "stick.digits" : "org.code")}: {digits.split("").join(" ")}</span>
      <span aria-hidden="true">{groups.join(" ")}</span>
    </span>
  );
}
