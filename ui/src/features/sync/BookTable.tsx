import { Link } from "@tanstack/react-router";
import { useOffice } from "../../api";
import type { BookStatus } from "../../api/generated/BookStatus";
import { Blank, Glyph, Mark } from "../../components";
import { useTexts } from "../../locales";

/** Each book: how much of it, who reads it; those that never leave carry a lock. */
export function BookTable({ books, lastBackup }: { books: readonly BookStatus[]; lastBackup: string | null }) {
  const { t, code, several, date } = useTexts();
  const { office } = useOffice();
  const severalOffices = new Set(books.map((book) => book.office)).size > 1;
  return (
    <section className="card flush" aria-label={t("sync.books")}>
      <h2 className="list-title">{t("sync.books")}</h2>
      {books.length === 0 ? <Blank /> : (
        <div className="scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("sync.book")}</th>
                <th scope="col">{t("sync.readers")}</th>
                <th scope="col" className="num">{t("sync.changes")}</th>
                <th scope="col" className="num">{t("sync.unsent")}</th>
              </tr>
            </thead>
            <tbody>
              {books.map((book) => (
                <tr key={book.book}>
                  <th scope="row">
                    {code("book", book.kind)} <span className="soft">{book.year ?? t("sync.evergreen")}{severalOffices ? ` · ${book.office}` : ""}</span>
                  </th>
                  <td>
                    {book.neverLeaves ? (
                      <span className="row tight">
                        <Mark tone="grey" glyph="lock">{t("sync.never")}</Mark>
                        <Link to="/security" className="soft">{lastBackup ? t("sync.lastBackup", { date: date(lastBackup) }) : t("sync.noBackup")}</Link>
                      </span>
                    ) : book.readers.length === 0 ? (
                      <span className="soft">{t("sync.nobody")}</span>
                    ) : (
                      <span className="readers"><Glyph name="eye" />{several(book.readers.map((one) => (one === office?.name ? t("sync.ownOffice") : one)))}</span>
                    )}
                  </td>
                  <td className="num">{book.changes}{book.held > 0 ? ` (${t("sync.held_n", { n: book.held })})` : ""}</td>
                  <td className="num">{book.neverLeaves ? "─" : book.unsent}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
