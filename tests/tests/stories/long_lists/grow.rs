//! Makes many records at once: rows straight in the read model and, for what is sealed, a key of its own for each household. Such
//! records stand in no document, so that they can be listed and not edited.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, params};
use ybz_domain::book::{FieldView, RecordOp, RecordView, SeenValue, Value};
use ybz_domain::ids::{ActorId, BookId, RecordId, Serial};
use ybz_domain::ledger::index_row;
use ybz_domain::seal::{HouseholdKey, Place, key_id, seal};

use crate::database::rows_of;

/// A database whose node has ended, while records are put into it.
pub struct Growing {
    conn: Connection,
    /// Row and id of each book, by its kind.
    books: BTreeMap<String, (i64, BookId)>,
    indices: Vec<String>,
}

/// The `n`th record of a group.
pub fn id(group: u8, n: u32) -> RecordId {
    let mut id = [group; 16];
    id[12..].copy_from_slice(&n.to_be_bytes());
    RecordId(id)
}

/// A name of a surname and two numbers, each different from the others.
pub fn name(n: u32) -> String {
    const SURNAMES: [char; 8] = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王'];
    const GIVEN: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let sign = |n: u32| GIVEN[n as usize % 10];
    let surname = SURNAMES[n as usize % 8];
    [surname, sign(n), sign(n / 10), sign(n / 100), sign(n / 1_000), sign(n / 10_000)].into_iter().collect()
}

fn all<T>(conn: &Connection, sql: &str, read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let mut rows = conn.prepare(sql).unwrap();
    let found = rows.query_map([], |row| read(row)).unwrap().map(Result::unwrap);
    found.collect()
}

impl Growing {
    /// Begins, without the indices of the records: they are made again at the end.
    pub fn begin(folder: &Path) -> Self {
        let conn = rows_of(folder);
        let books =
            all(&conn, "SELECT kind, id, book FROM books", |row| Ok((row.get(0)?, (row.get(1)?, BookId(row.get(2)?)))));
        let indices: Vec<(String, String)> = all(
            &conn,
            "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'records' AND sql LIKE 'CREATE INDEX%'",
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        conn.execute_batch("PRAGMA cache_size = -200000; BEGIN").unwrap();
        for (name, _) in &indices {
            conn.execute_batch(&format!("DROP INDEX {name}")).unwrap();
        }
        Self { conn, books: books.into_iter().collect(), indices: indices.into_iter().map(|(_, sql)| sql).collect() }
    }

    /// Puts a record into a book of a kind, as the step that makes it says.
    pub fn put(&self, kind: &str, step: RecordOp) {
        let RecordOp::Create { id, rtype, fields } = step else { panic!("a step that makes a record") };
        let seen = |value| FieldView { values: vec![SeenValue { value, actor: ActorId([1; 16]), change: None }] };
        let fields = fields.into_iter().map(|(name, value)| (name, seen(value))).collect();
        let view = RecordView { id, rtype, fields };
        let (book, row) = (self.books[kind].0, index_row(&view));
        let mut insert = self
            .conn
            .prepare_cached(
                "INSERT INTO records (book, id, rtype, date, kind, state, about, amount, text, late, conflict, hash, view)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, zeroblob(32), ?12)",
            )
            .unwrap();
        let bytes = postcard::to_stdvec(&view).unwrap();
        let values = params![
            book,
            view.id.0,
            view.rtype,
            row.date,
            row.kind,
            row.state,
            row.about,
            row.amount,
            row.text,
            row.late,
            row.conflict,
            bytes
        ];
        insert.execute(values).unwrap();
    }

    /// A key of a household; it is the same whenever it is asked for.
    pub fn key(&self, subject: RecordId) {
        let mut insert = self
            .conn
            .prepare_cached("INSERT INTO household_keys (household, key_id, key) VALUES (?1, ?2, ?3)")
            .unwrap();
        insert.execute(params![subject.0, subject.0, [subject.0, subject.0].concat()]).unwrap();
    }

    /// What a record seals under the key of a household.
    pub fn sealed(&self, kind: &str, record: RecordId, subject: RecordId, plain: serde_json::Result<Vec<u8>>) -> Value {
        let place = Place { book: &self.books[kind].1, record: &record, field: "sealed", subject: &subject };
        let key = HouseholdKey([subject.0, subject.0].concat().try_into().unwrap());
        let sealed = seal(&Serial(subject.0), &key, [7; 24], place, &plain.unwrap()).unwrap();
        assert_eq!(key_id(&sealed), Ok(Serial(subject.0)));
        Value::Bytes(sealed)
    }

    /// Makes the indices again and lets the database go.
    pub fn end(self) {
        for sql in &self.indices {
            self.conn.execute_batch(sql).unwrap();
        }
        self.conn.execute_batch("COMMIT").unwrap();
    }
}
