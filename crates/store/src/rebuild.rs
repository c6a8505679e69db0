//! Rebuilding the read model from the books.

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::listen::Tags;
use crate::project::all_views;
use crate::schema;
use crate::store::Store;
use crate::table::{books, records};

impl Store {
    /// Drops the read model and derives it anew, one book and one transaction at a time. Cut short, it is begun again at
    /// the next start.
    pub fn rebuild_read_model(&self) -> Result<(), StoreError> {
        let mut kinds = Tags::new();
        {
            let mut writer = self.writer();
            schema::reset_read_model(&mut writer.conn)?;
            for book in books::all(&writer.conn)? {
                // One damaged book does not keep the others shut; the doctor names it.
                let views = match load(&writer.conn, &book).and_then(|doc| sound(&book.book, || Ok(all_views(&doc)))) {
                    Err(StoreError::Unreadable { book, why }) => {
                        tracing::error!(%book, why, "a book cannot be read and is left out");
                        continue;
                    }
                    views => views?,
                };
                let tx = writer.conn.transaction()?;
                for view in views {
                    records::project(&tx, book.id, view.id, Some(&view))?;
                }
                records::settle(&tx)?;
                tx.commit()?;
                kinds.insert(book.key.kind.to_string());
            }
            schema::finish_read_model(&writer.conn)?;
        }
        self.0.listeners.tell(kinds);
        Ok(())
    }
}
